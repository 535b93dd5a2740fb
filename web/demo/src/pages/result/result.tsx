import { Button, duration, ErrorNote, Heading, Link, navigate, Segments, Waiting } from '@moviesir/ui'
import { useEffect, useState } from 'preact/hooks'
import { isNotFound } from '../../errors.ts'
import { inLanguage, t } from '../../i18n/index.ts'
import { Conductor } from '../../shell/conductor.tsx'
import { isOffline } from '../../shell/connection.ts'
import { setAsk } from '../../ticket/ask.ts'
import { choose, draw, open, ticket } from '../../ticket/store.ts'
import type { Ticket } from '../../ticket/ticket.ts'
import { MiniStrip } from './strip.tsx'
import { TicketView } from './ticket-view.tsx'

/** A ticket by its address: this device's own, or one of this traveller's that was drawn elsewhere. */
export function Result({ id }: { id: string }) {
  const words = t().ticket
  const [error, setError] = useState<unknown>(null)
  const [round, setRound] = useState(0)
  const current = ticket.value?.sessionId === id ? ticket.value : null
  const isHere = current !== null

  useEffect(() => {
    if (isHere) return
    const controller = new AbortController()
    setError(null)
    open(id, controller.signal).catch(failure => {
      if (!controller.signal.aborted) setError(failure)
    })
    return () => controller.abort()
  }, [id, round, isHere])

  if (!current && error) {
    return (
      <div class="station">
        <Conductor mood="sorry" />
        <Heading>{t().errors.title}</Heading>
        {isNotFound(error) ? <p>{words.gone}</p> : <ErrorNote error={error} onRetry={() => setRound(round + 1)} />}
        <Link to="/" class="button button-main">
          <span>{words.again}</span>
        </Link>
      </div>
    )
  }
  if (!current) return <Waiting />
  const isEmpty = current.tracks.a.length + current.tracks.b.length === 0
  return (
    <div class="page result">
      <div class="result-head">
        <Heading>{words.title(duration(current.minutes))}</Heading>
        <Link to="/" class="button button-quiet">
          <span>{words.again}</span>
        </Link>
      </div>
      {isOffline.value && <p class="note">{words.offlineCopy}</p>}
      {isEmpty ? (
        <Empty />
      ) : (
        <>
          <Tracks current={current} />
          <TicketView current={current} />
        </>
      )}
      <Hints current={current} />
    </div>
  )
}

function Tracks({ current }: { current: Ticket }) {
  const words = t().ticket
  return (
    <div class="tracks">
      <Segments
        label={words.tracks}
        value={current.track}
        onValue={choose}
        options={(['a', 'b'] as const).map(track => ({
          value: track,
          label: (
            <>
              <b>{words.trackNames[track]}</b>
              <MiniStrip ticket={current} track={track} />
              <small>{words.trackNotes[track]}</small>
            </>
          ),
        }))}
      />
    </div>
  )
}

function Empty() {
  const words = t().ticket
  return (
    <div class="station">
      <Conductor mood="sorry" />
      <p>
        <b>{words.empty}</b>
      </p>
      <p>{words.emptyHelp}</p>
    </div>
  )
}

/** What would allow more, as the API says it; each is one press away. */
function Hints({ current }: { current: Ticket }) {
  const words = t().ticket
  const [isBusy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>(null)
  if (current.hints.length === 0 || isOffline.value) return null
  const again = async () => {
    setBusy(true)
    setError(null)
    try {
      const drawn = await draw()
      navigate(`/result/${drawn.sessionId}`)
    } catch (failure) {
      setError(failure)
    } finally {
      setBusy(false)
    }
  }
  return (
    <ul class="hints">
      {current.hints.map(hint => (
        <li key={hint.kind}>
          <span>{inLanguage(hint.message)}</span>
          <Button
            busy={isBusy}
            onClick={() => {
              if (hint.kind === 'more_minutes') setAsk({ mode: 'duration', minutes: current.minutes + (hint.minutes ?? 15) })
              if (hint.kind === 'fewer_genres') setAsk({ genres: [] })
              if (hint.kind === 'more_providers') setAsk({ providers: [] })
              void again()
            }}
          >
            {hint.kind === 'more_minutes'
              ? words.hints.more(hint.minutes ?? 15)
              : hint.kind === 'fewer_genres'
                ? words.hints.genres
                : words.hints.providers}
          </Button>
        </li>
      ))}
      {error !== null && (
        <li>
          <ErrorNote error={error} />
        </li>
      )}
    </ul>
  )
}
