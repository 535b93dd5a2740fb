import { logs } from '@moviesir/api-client/console'
import { ErrorNote, Heading, Link, Numerals, numberText, Pending, useLoad } from '@moviesir/ui'
import { t } from '../i18n/index.ts'
import { useOverview } from '../overview.ts'
import { signedIn } from '../session.ts'
import { Chart, Figure } from './charts.tsx'
import { milliseconds, percent } from './figures.ts'
import { LogTable } from './logs/log-table.tsx'
import { useFeed } from './logs/use-feed.ts'

export function Dashboard() {
  const words = t().dashboard
  const loaded = useOverview()
  const { company } = signedIn()
  const data = loaded.data
  if (!data) {
    return (
      <div class="page">
        <Heading>{words.title}</Heading>
        <Pending of={loaded} />
      </div>
    )
  }
  return (
    <div class="page">
      <Heading>{words.title}</Heading>
      {data.key_count === 0 && (
        <div class="next-step">
          <b>{words.firstKey}</b>
          <p>{words.firstKeyText}</p>
          <Link to="/keys" class="button button-main">
            <span>{words.firstKeyGo}</span>
          </Link>
        </div>
      )}
      <section class="board" aria-label={words.today}>
        <div class="board-main">
          <small>{words.today}</small>
          <Numerals text={numberText(data.today.calls)} class="board-figure" />
          <small>{words.yesterday(numberText(data.yesterday.calls))}</small>
        </div>
        <dl class="figures">
          <Figure
            name={words.remaining}
            value={numberText(data.remaining)}
            note={words.limitNote(numberText(data.daily_limit), t().plans[company.plan])}
          />
          <Figure
            name={words.success}
            value={percent(data.today.success_rate)}
            note={words.errors(numberText(data.today.errors))}
          />
          <Figure name={words.median} value={milliseconds(data.latency.p50_ms)} note={words.sevenDays} />
          <Figure name={words.p95} value={milliseconds(data.latency.p95_ms)} note={words.sevenDays} />
        </dl>
      </section>
      <section class="card">
        <Chart
          title={words.week}
          look="bars"
          dates={data.days.map(day => day.date)}
          format={value => numberText(value, { maximumFractionDigits: 1 })}
          series={[
            { name: words.good, kind: 'good', values: data.days.map(day => day.calls - day.errors) },
            { name: words.bad, kind: 'bad', values: data.days.map(day => day.errors) },
          ]}
        />
      </section>
      <Feed />
    </div>
  )
}

const shownLines = 20

/** The newest calls, and each one as it comes. */
function Feed() {
  const words = t().dashboard
  const first = useLoad(signal => logs.list({}, undefined, signal), null)
  const feed = useFeed(first.data?.logs ?? null, shownLines)
  return (
    <section class="card">
      <div class="card-head">
        <h2>{words.feed}</h2>
        <span class={`live live-${feed.state}`} role="status">
          {words.feedStates[feed.state]}
        </span>
      </div>
      {first.error && !first.data ? <ErrorNote error={first.error} onRetry={first.reload} /> : null}
      {feed.lines && feed.lines.length === 0 && <p class="note">{words.noCalls}</p>}
      {feed.lines && feed.lines.length > 0 && <LogTable lines={feed.lines} />}
      <Link to="/logs">{words.allLogs}</Link>
    </section>
  )
}
