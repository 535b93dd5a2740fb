import { keys, type LogFilter, type LogLine, logs } from '@moviesir/api-client/console'
import { Button, Field, Heading, navigate, Pending, query, setQuery, useLoad } from '@moviesir/ui'
import { useEffect, useRef, useState } from 'preact/hooks'
import { errorText } from '../../errors.ts'
import { t } from '../../i18n/index.ts'
import { LogDialog } from './log-dialog.tsx'
import { LogTable } from './log-table.tsx'

const names = ['from', 'to', 'status', 'method', 'endpoint', 'key_id', 'request_id'] as const

/** The filter is the page's address: it can be kept, sent to a colleague, and gone back to. */
function filterOfAddress(): LogFilter {
  return Object.fromEntries(names.map(name => [name, query.value.get(name) ?? undefined]))
}

export function Logs() {
  const words = t().logs
  const filter = filterOfAddress()
  const address = new URLSearchParams(
    Object.entries(filter).filter((entry): entry is [string, string] => entry[1] !== undefined),
  ).toString()
  const opened = query.value.get('log')
  return (
    <div class="page">
      <div class="page-head">
        <Heading>{words.title}</Heading>
        <a class="button" href={logs.csvAddress(filter)} download="moviesir-logs.csv">
          <span>{words.csv}</span>
        </a>
      </div>
      <p class="lead">{words.lead}</p>
      <details class="filter-box" open={address !== '' || matchMedia('(min-width: 40rem)').matches}>
        <summary>{words.filter}</summary>
        <Filter key={address} filter={filter} />
      </details>
      <Lines key={`lines${address}`} filter={filter} address={address} />
      {opened && <LogDialog key={opened} id={opened} onClose={() => setQuery('log', null)} />}
    </div>
  )
}

function Filter({ filter }: { filter: LogFilter }) {
  const words = t().logs
  const [typed, setTyped] = useState(filter)
  const known = useLoad(signal => keys.list(signal), null)
  const set = (change: Partial<LogFilter>) => setTyped(before => ({ ...before, ...change }))
  const apply = (next: LogFilter) => {
    const given = Object.entries(next).filter((entry): entry is [string, string] => !!entry[1]?.trim())
    navigate(given.length ? `/logs?${new URLSearchParams(given.map(([name, value]) => [name, value.trim()]))}` : '/logs')
  }
  return (
    <form
      class="filter"
      onSubmit={event => {
        event.preventDefault()
        apply(typed)
      }}
    >
      <Choose
        label={words.status}
        value={typed.status}
        onValue={status => set({ status })}
        options={[
          ['2xx', words.statuses.good],
          ['4xx', words.statuses.client],
          ['5xx', words.statuses.server],
          ['429', '429'],
        ]}
      />
      <Choose
        label={words.method}
        value={typed.method}
        onValue={method => set({ method })}
        options={[
          ['GET', 'GET'],
          ['POST', 'POST'],
        ]}
      />
      <Choose
        label={words.key}
        value={typed.key_id}
        onValue={key_id => set({ key_id })}
        options={(known.data?.keys ?? []).map(key => [key.key_id, key.name])}
      />
      <DateField label={words.from} value={typed.from} onValue={from => set({ from })} />
      <DateField label={words.to} value={typed.to} onValue={to => set({ to })} />
      <Field
        label={words.endpoint}
        value={typed.endpoint ?? ''}
        onValue={endpoint => set({ endpoint })}
        placeholder="/v1/recommend"
      />
      <Field label={words.requestId} value={typed.request_id ?? ''} onValue={request_id => set({ request_id })} />
      <div class="filter-foot">
        <Button type="submit" look="main">
          {words.apply}
        </Button>
        <Button look="quiet" onClick={() => apply({})}>
          {words.clear}
        </Button>
      </div>
    </form>
  )
}

interface ChooseProps {
  label: string
  value: string | undefined
  onValue: (value: string | undefined) => void
  options: [value: string, name: string][]
}

function Choose({ label, value, onValue, options }: ChooseProps) {
  return (
    <label class="field">
      <span class="field-name">{label}</span>
      <select value={value ?? ''} onChange={event => onValue(event.currentTarget.value || undefined)}>
        <option value="">{t().logs.all}</option>
        {options.map(([option, name]) => (
          <option key={option} value={option}>
            {name}
          </option>
        ))}
      </select>
    </label>
  )
}

function DateField({ label, value, onValue }: { label: string; value: string | undefined; onValue: (value?: string) => void }) {
  return (
    <label class="field">
      <span class="field-name">{label}</span>
      <span class="field-box">
        <input type="date" value={value ?? ''} onInput={event => onValue(event.currentTarget.value || undefined)} />
      </span>
    </label>
  )
}

/** The lines of a filter, newest first; more of them by the place where the last one ended, so that new calls move nothing. */
function Lines({ filter, address }: { filter: LogFilter; address: string }) {
  const words = t().logs
  const first = useLoad(signal => logs.list(filter, undefined, signal), address)
  const [more, setMore] = useState<LogLine[]>([])
  const [cursor, setCursor] = useState<string | null | undefined>(undefined)
  const [state, setState] = useState<{ busy: boolean; error: unknown }>({ busy: false, error: null })
  const isShown = useRef(true)
  useEffect(
    () => () => {
      isShown.current = false
    },
    [],
  )
  if (!first.data) return <Pending of={first} />
  const lines = [...first.data.logs, ...more]
  const next = cursor === undefined ? first.data.next_cursor : cursor
  const load = async () => {
    setState({ busy: true, error: null })
    try {
      const answer = await logs.list(filter, next ?? undefined)
      if (!isShown.current) return
      setMore(before => [...before, ...answer.logs])
      setCursor(answer.next_cursor ?? null)
      setState({ busy: false, error: null })
    } catch (error) {
      setState({ busy: false, error })
    }
  }
  if (lines.length === 0) return <p class="note">{address ? words.noneOfFilter : words.none}</p>
  return (
    <>
      <LogTable lines={lines} />
      {state.error !== null && (
        <p class="form-error" role="alert">
          {errorText(state.error)}
        </p>
      )}
      {next ? (
        <Button busy={state.busy} onClick={() => void load()}>
          {words.more}
        </Button>
      ) : (
        <p class="hint">{words.end}</p>
      )}
    </>
  )
}
