import { announce, Button, duration, Heading, Link, navigate } from '@moviesir/ui'
import { useEffect, useRef, useState } from 'preact/hooks'
import { errorText } from '../../errors.ts'
import { t } from '../../i18n/index.ts'
import { ask } from '../../ticket/ask.ts'
import { draw, ticket } from '../../ticket/store.ts'
import { clockTime } from '../../time/format.ts'
import { isInBounds, minutesUntil } from '../../time/parse.ts'
import { HowWasIt } from './how-was-it.tsx'
import { Reminder } from './reminder.tsx'
import { Taste } from './taste.tsx'
import { TimeChoice } from './time-choice.tsx'
import { useNow } from './use-now.ts'

export function Home() {
  const words = t().home
  const now = useNow()
  const [error, setError] = useState<unknown>(null)
  const [isDrawing, setDrawing] = useState(false)
  const asked = ask.value
  const minutes = asked.mode === 'until' ? minutesUntil({ minutes: asked.until }, now) : asked.minutes
  const isValid = isInBounds(minutes)

  const find = async (event: Event) => {
    event.preventDefault()
    if (isDrawing || !isValid) return
    setError(null)
    setDrawing(true)
    try {
      const drawn = await draw()
      navigate(`/result/${drawn.sessionId}`)
    } catch (failure) {
      setError(failure)
    } finally {
      setDrawing(false)
    }
  }

  return (
    <div class="page home">
      <div class="home-head">
        <Heading>{words.title}</Heading>
        <p class="lead">{words.lead}</p>
      </div>
      <HowWasIt />
      <Reminder />
      <form class="ticket-form" onSubmit={find}>
        <div class="ticket-face">
          <TimeChoice now={now} minutes={minutes} />
          <Taste />
        </div>
        <div class="perforation" aria-hidden="true" />
        <div class="ticket-stub">
          <dl class="stub-times">
            <div>
              <dt>{t().ticket.from}</dt>
              <dd>{clockTime(now)}</dd>
            </div>
            <div>
              <dt>{t().ticket.to}</dt>
              <dd>{clockTime(new Date(now.getTime() + minutes * 60_000))}</dd>
            </div>
          </dl>
          {isDrawing ? (
            <Progress />
          ) : (
            <Button type="submit" look="main" class="find" aria-disabled={!isValid || undefined}>
              {words.find}
            </Button>
          )}
          {error !== null && (
            <p class="field-error" role="alert">
              {errorText(error)}
            </p>
          )}
          {!error && ticket.value && !isDrawing && (
            <Link to={`/result/${ticket.value.sessionId}`} class="last-ticket">
              {words.lastTicket} <small>{duration(ticket.value.minutes)}</small>
            </Link>
          )}
        </div>
      </form>
    </div>
  )
}

/** What the wait is for, one line after the other. */
function Progress() {
  const lines = t().home.finding
  const [line, setLine] = useState(0)
  const count = useRef(lines.length)
  useEffect(() => {
    announce(lines[0] ?? '')
    const timer = setInterval(() => setLine(before => Math.min(before + 1, count.current - 1)), 1200)
    return () => clearInterval(timer)
  }, [])
  return (
    <p class="progress" aria-busy="true">
      <span class="waiting-track" aria-hidden="true" />
      {lines[line]}
    </p>
  )
}
