import { usage } from '@moviesir/api-client/console'
import { Heading, numberText, Pending, useLoad } from '@moviesir/ui'
import { useState } from 'preact/hooks'
import { t } from '../i18n/index.ts'
import { Chart, Figure } from './charts.tsx'
import { milliseconds, percent } from './figures.ts'
import { type Period, PeriodChoice } from './period.tsx'
import { Table } from './table.tsx'

export function Usage() {
  const words = t().usage
  const [period, setPeriod] = useState<Period>('7')
  return (
    <div class="page">
      <div class="page-head">
        <Heading>{words.title}</Heading>
        <PeriodChoice value={period} onValue={setPeriod} />
      </div>
      <p class="lead">{words.lead}</p>
      <Calls days={Number(period)} />
      <Latencies days={Number(period)} />
      <div class="two">
        <Endpoints days={Number(period)} />
        <KeysOfUsage days={Number(period)} />
      </div>
    </div>
  )
}

/** How a number changed against the period before; nothing, where there was none. */
function change(now: number, before: number): string | undefined {
  const words = t().usage
  if (before === 0) return words.noneBefore
  const share = (now - before) / before
  return words.change(numberText(share, { style: 'percent', maximumFractionDigits: 0, signDisplay: 'always' }))
}

function Calls({ days }: { days: number }) {
  const words = t().usage
  const loaded = useLoad(signal => usage.days(days, signal), days)
  if (!loaded.data) return <Pending of={loaded} />
  const { totals, previous, days: list } = loaded.data
  const errors = totals.client_errors + totals.server_errors
  return (
    <section class="card">
      <dl class="figures">
        <Figure name={words.calls} value={numberText(totals.calls)} note={change(totals.calls, previous.calls)} />
        <Figure name={words.mean} value={numberText(totals.calls / list.length, { maximumFractionDigits: 1 })} />
        <Figure name={words.success} value={percent(totals.success_rate)} />
        <Figure name={words.errors} value={numberText(errors)} />
      </dl>
      <Chart
        title={words.callsByDay}
        look="bars"
        dates={list.map(day => day.date)}
        format={value => numberText(value, { maximumFractionDigits: 1 })}
        series={[
          { name: words.good, kind: 'good', values: list.map(day => day.calls - day.client_errors - day.server_errors) },
          { name: words.clientErrors, kind: 'warn', values: list.map(day => day.client_errors) },
          { name: words.serverErrors, kind: 'bad', values: list.map(day => day.server_errors) },
        ]}
      />
    </section>
  )
}

function Latencies({ days }: { days: number }) {
  const words = t().usage
  const loaded = useLoad(signal => usage.latency(days, signal), days)
  if (!loaded.data) return <Pending of={loaded} />
  const { days: list, total } = loaded.data
  return (
    <section class="card">
      <dl class="figures">
        <Figure name={words.average} value={milliseconds(total.average_ms)} />
        <Figure name="p50" value={milliseconds(total.p50_ms)} />
        <Figure name="p95" value={milliseconds(total.p95_ms)} />
        <Figure name="p99" value={milliseconds(total.p99_ms)} />
      </dl>
      <Chart
        title={words.latencyByDay}
        look="lines"
        dates={list.map(day => day.date)}
        format={milliseconds}
        series={[
          { name: 'p50', kind: 'good', values: list.map(day => day.p50_ms ?? null) },
          { name: 'p95', kind: 'warn', values: list.map(day => day.p95_ms ?? null) },
          { name: 'p99', kind: 'bad', values: list.map(day => day.p99_ms ?? null) },
        ]}
      />
    </section>
  )
}

function Endpoints({ days }: { days: number }) {
  const words = t().usage
  const loaded = useLoad(signal => usage.endpoints(days, signal), days)
  return (
    <section class="card">
      <h2>{words.endpoints}</h2>
      <Pending of={loaded} />
      {loaded.data?.endpoints.length === 0 && <p class="note">{words.none}</p>}
      {!!loaded.data?.endpoints.length && (
        <Table
          label={words.endpoints}
          head={[words.endpoint, words.calls, words.errors, words.average]}
          rows={loaded.data.endpoints.map(line => [
            line.endpoint,
            numberText(line.calls),
            numberText(line.errors),
            milliseconds(line.average_ms),
          ])}
        />
      )}
    </section>
  )
}

function KeysOfUsage({ days }: { days: number }) {
  const words = t().usage
  const loaded = useLoad(signal => usage.keys(days, signal), days)
  return (
    <section class="card">
      <h2>{words.keys}</h2>
      <Pending of={loaded} />
      {loaded.data?.keys.length === 0 && <p class="note">{words.none}</p>}
      {!!loaded.data?.keys.length && (
        <Table
          label={words.keys}
          head={[words.key, words.calls, words.errors]}
          rows={loaded.data.keys.map(line => [
            `${line.name} …${line.hint}${line.is_deleted ? ` (${words.deleted})` : ''}`,
            numberText(line.calls),
            numberText(line.errors),
          ])}
        />
      )}
    </section>
  )
}
