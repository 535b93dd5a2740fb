import { type Quality as Answer, type Outcomes, quality } from '@moviesir/api-client/console'
import { Heading, Link, numberText, Pending, useLoad } from '@moviesir/ui'
import { useState } from 'preact/hooks'
import { t } from '../i18n/index.ts'
import { apiAddress } from './api-address.ts'
import { Chart, Figure } from './charts.tsx'
import { CopyCode } from './copy-code.tsx'
import { percent } from './figures.ts'
import { type Period, PeriodChoice } from './period.tsx'
import { Table } from './table.tsx'

export function Quality() {
  const words = t().quality
  const [period, setPeriod] = useState<Period>('30')
  const loaded = useLoad(signal => quality.get(Number(period), signal), period)
  return (
    <div class="page">
      <div class="page-head">
        <Heading>{words.title}</Heading>
        <PeriodChoice value={period} onValue={setPeriod} />
      </div>
      <p class="lead">{words.lead}</p>
      <Pending of={loaded} />
      {loaded.data && <Tracks of={loaded.data} />}
    </div>
  )
}

const isToldOf = ({ clicked, watched, liked, disliked }: Outcomes) => clicked + watched + liked + disliked > 0

function Tracks({ of: { track_a: a, track_b: b, days } }: { of: Answer }) {
  const words = t().quality
  if (a.recommended + b.recommended === 0) {
    return (
      <div class="next-step">
        <b>{words.nothing}</b>
        <p>{words.nothingText}</p>
        <Link to="/playground" class="button button-main">
          <span>{t().app.pages.playground}</span>
        </Link>
      </div>
    )
  }
  return (
    <>
      {!isToldOf(a) && !isToldOf(b) && <HowToTell />}
      <div class="two">
        <Track name={words.trackA} of={a} />
        <Track name={words.trackB} of={b} />
      </div>
      <section class="card">
        <Rates title={words.clicksByDay} days={days} rate="click_rate" />
      </section>
      <section class="card">
        <Rates title={words.watchesByDay} days={days} rate="watch_rate" />
      </section>
      <section class="card">
        <h2>{words.counts}</h2>
        <Table
          label={words.counts}
          head={[words.track, words.recommended, words.clicked, words.watched, words.liked, words.disliked]}
          rows={[
            [words.trackA, ...countsOf(a)],
            [words.trackB, ...countsOf(b)],
          ]}
        />
      </section>
    </>
  )
}

const countsOf = ({ recommended, clicked, watched, liked, disliked }: Outcomes) =>
  [recommended, clicked, watched, liked, disliked].map(count => numberText(count))

function Track({ name, of: track }: { name: string; of: Outcomes }) {
  const words = t().quality
  return (
    <section class="card">
      <h2>{name}</h2>
      <dl class="figures">
        <Figure
          name={words.clickRate}
          value={percent(track.click_rate)}
          note={words.ofRecommended(numberText(track.recommended))}
        />
        <Figure
          name={words.watchRate}
          value={percent(track.watch_rate)}
          note={words.ofRecommended(numberText(track.recommended))}
        />
        <Figure
          name={words.likeRate}
          value={percent(track.like_rate)}
          note={words.ofJudged(numberText(track.liked + track.disliked))}
        />
      </dl>
    </section>
  )
}

function Rates({ title, days, rate }: { title: string; days: Answer['days']; rate: 'click_rate' | 'watch_rate' }) {
  const words = t().quality
  return (
    <Chart
      title={title}
      look="lines"
      dates={days.map(day => day.date)}
      format={percent}
      series={[
        { name: words.trackA, kind: 'good', values: days.map(day => day.track_a[rate] ?? null) },
        { name: words.trackB, kind: 'warn', values: days.map(day => day.track_b[rate] ?? null) },
      ]}
    />
  )
}

/** What to send, so that there is something to see here. */
function HowToTell() {
  const words = t().quality
  return (
    <section class="card">
      <h2>{words.howTitle}</h2>
      <p>{words.how}</p>
      <CopyCode text={feedbackCall(apiAddress())} />
    </section>
  )
}

const feedbackCall = (api: string) => `curl ${api}/v1/feedback \\
  -H "X-API-Key: $MOVIESIR_KEY" -H "Content-Type: application/json" \\
  -d '{"recommendation_id": "…", "movie_id": 496243, "type": "clicked"}'`
