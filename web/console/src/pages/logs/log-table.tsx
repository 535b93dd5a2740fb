import type { LogLine } from '@moviesir/api-client/console'
import { Link, query } from '@moviesir/ui'
import { t } from '../../i18n/index.ts'
import { momentText } from '../charts.tsx'
import { milliseconds } from '../figures.ts'
import { Scroll } from '../scroll.tsx'

export function LogTable({ lines }: { lines: LogLine[] }) {
  const words = t().logs
  return (
    <Scroll label={words.title}>
      <table class="log-table">
        <thead>
          <tr>
            <th scope="col">{words.time}</th>
            <th scope="col">{words.status}</th>
            <th scope="col">{words.call}</th>
            <th scope="col">{words.key}</th>
            <th scope="col" class="number">
              {words.latency}
            </th>
          </tr>
        </thead>
        <tbody>
          {lines.map(line => (
            <tr key={line.log_id}>
              <td>
                <Link to={detailsOf(line)}>
                  <time dateTime={line.occurred_at}>{momentText(line.occurred_at, { second: '2-digit' })}</time>
                </Link>
              </td>
              <td>
                <Status line={line} />
              </td>
              <td>
                <code>
                  {line.method} {line.endpoint}
                </code>
              </td>
              <td>{line.key_name}</td>
              <td class="number">{milliseconds(line.latency_ms)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  )
}

/** One call's details open over the logs, by their address. */
function detailsOf(line: LogLine): string {
  const parameters = new URLSearchParams(query.value)
  parameters.set('log', line.log_id)
  return `/logs?${parameters}`
}

export function Status({ line }: { line: Pick<LogLine, 'status' | 'error_code'> }) {
  const kind = line.status < 400 ? 'good' : line.status < 500 ? 'warn' : 'bad'
  return (
    <span class={`status status-${kind}`}>
      {line.status}
      {line.error_code && <small> {line.error_code}</small>}
    </span>
  )
}
