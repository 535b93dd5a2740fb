import { type LogDetails, logs } from '@moviesir/api-client/console'
import { Dialog, duration, ErrorNote, useLoad, Waiting } from '@moviesir/ui'
import { t } from '../../i18n/index.ts'
import { apiAddress } from '../api-address.ts'
import { momentText } from '../charts.tsx'
import { CopyCode } from '../copy-code.tsx'
import { milliseconds } from '../figures.ts'
import { Status } from './log-table.tsx'

export function LogDialog({ id, onClose }: { id: string; onClose: () => void }) {
  const words = t().logs
  const loaded = useLoad(signal => logs.open(id, signal), id)
  return (
    <Dialog title={words.details} closeLabel={t().app.close} onClose={onClose}>
      {loaded.data ? (
        <Details log={loaded.data} />
      ) : loaded.error ? (
        <ErrorNote error={loaded.error} onRetry={loaded.reload} />
      ) : (
        <Waiting />
      )}
    </Dialog>
  )
}

function Details({ log }: { log: LogDetails }) {
  const words = t().logs
  const facts: [name: string, value: preact.ComponentChildren][] = [
    [words.time, momentText(log.occurred_at, { year: 'numeric', second: '2-digit' })],
    [words.status, <Status key="status" line={log} />],
    [words.latency, milliseconds(log.latency_ms)],
    [words.key, log.key_name],
    [words.charged, log.charged ? words.yes : words.no],
    [words.requestId, <code key="request">{log.request_id}</code>],
  ]
  if (log.recommendation_id) facts.push([words.recommendation, <code key="recommendation">{log.recommendation_id}</code>])
  if (log.available_minutes) facts.push([words.minutes, duration(log.available_minutes)])
  if (log.client_user_id) facts.push([words.user, <code key="user">{log.client_user_id}</code>])
  if (log.client_address) facts.push([words.address, <code key="address">{log.client_address}</code>])
  return (
    <div class="log-details">
      <p>
        <code>
          {log.method} {log.endpoint}
        </code>
      </p>
      <dl class="facts">
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {log.movies.length > 0 && (
        <>
          <h3>{words.movies}</h3>
          <ol class="plain-list">
            {log.movies.map(movie => (
              <li key={movie.movie_id}>
                {movie.title}
                {movie.runtime !== null && <small> {duration(movie.runtime)}</small>}
              </li>
            ))}
          </ol>
        </>
      )}
      <h3>{words.asCurl}</h3>
      <p class="hint">{words.curlHint}</p>
      <CopyCode text={curlOf(log)} />
    </div>
  )
}

/** What the log has of a call. Its body is not logged; the time that it asked for is. */
function curlOf(log: LogDetails): string {
  const lines = [`curl -X ${log.method} '${apiAddress()}${log.endpoint}'`, `  -H 'X-API-Key: $MOVIESIR_KEY'`]
  if (log.method === 'POST') {
    const body = log.available_minutes ? { available_time: log.available_minutes } : {}
    lines.push(`  -H 'Content-Type: application/json'`, `  -d '${JSON.stringify(body)}'`)
  }
  return lines.join(' \\\n')
}
