import { recommendation } from '@moviesir/api-client'
import { Button, Dialog, dateText, download, duration, Field, setQuery, toast } from '@moviesir/ui'
import { useState } from 'preact/hooks'
import { errorText } from '../../errors.ts'
import { t, titleOf } from '../../i18n/index.ts'
import { isOffline } from '../../shell/connection.ts'
import { calendar } from '../../ticket/ics.ts'
import { addOne, canUndo, changing, keepNow, refill, startAt, undo } from '../../ticket/store.ts'
import { moviesOf, type Ticket } from '../../ticket/ticket.ts'
import { layOut, roomForOneMore } from '../../ticket/timeline.ts'
import { clockTime, daysBetween, figures } from '../../time/format.ts'
import { minimumMinutes } from '../../time/parse.ts'
import { useNow } from '../home/use-now.ts'
import { Board } from './board.tsx'
import { Stop } from './stop.tsx'
import { Strip } from './strip.tsx'

export function TicketView({ current }: { current: Ticket }) {
  const words = t().ticket
  const now = useNow()
  const start = current.startsAt ? new Date(current.startsAt) : now
  const movies = moviesOf(current)
  const timeline = layOut(movies, start, current.minutes, current.breakMinutes, current.marginMinutes)
  const over = timeline.used - current.minutes
  return (
    <article class="ticket" aria-label={words.trackNames[current.track]}>
      <Board
        start={start}
        end={timeline.endsAt}
        used={timeline.used}
        movies={movies.length}
        onStart={startAt}
        isNow={current.startsAt === null}
      />
      <Strip
        timeline={timeline}
        minutes={current.minutes}
        marginMinutes={current.marginMinutes}
        start={start}
        changing={changing.value}
        onOpen={id => setQuery('movie', String(id))}
      />
      <p class="fill-note">
        <span>
          {over > 0 ? words.over(duration(over)) : timeline.left > 0 ? words.left(duration(timeline.left)) : words.full}
        </span>
        <FillGap room={roomForOneMore(timeline, current.breakMinutes)} />
      </p>
      <div class="perforation" aria-hidden="true" />
      <ol class="stops">
        {timeline.segments.map((segment, index) => (
          <Stop
            key={segment.movie.movie_id}
            segment={segment}
            isFirst={index === 0}
            isLast={index === movies.length - 1}
            isLocked={current.locked.includes(segment.movie.movie_id)}
            isChanging={changing.value.includes(segment.movie.movie_id)}
            breakBefore={index > 0 ? current.breakMinutes : 0}
            days={daysBetween(start, segment.startsAt)}
          />
        ))}
      </ol>
      <div class="perforation" aria-hidden="true" />
      <Stub current={current} start={start} segments={timeline.segments} />
    </article>
  )
}

function FillGap({ room }: { room: number }) {
  const words = t().ticket
  const [isBusy, setBusy] = useState(false)
  if (room < minimumMinutes || isOffline.value) return null
  const fill = async () => {
    setBusy(true)
    try {
      await addOne(room)
    } catch (error) {
      toast(errorText(error))
    } finally {
      setBusy(false)
    }
  }
  return (
    <Button look="quiet" icon="plus" busy={isBusy} onClick={fill}>
      {words.fillGap(figures(room))}
    </Button>
  )
}

interface StubProps {
  current: Ticket
  start: Date
  segments: ReturnType<typeof layOut<ReturnType<typeof moviesOf>[number]>>['segments']
}

function Stub({ current, start, segments }: StubProps) {
  const words = t().ticket
  const [isBusy, setBusy] = useState(false)
  const [link, setLink] = useState<string | null>(null)
  const during = (work: () => Promise<void>) => async () => {
    setBusy(true)
    try {
      await work()
    } catch (error) {
      toast(errorText(error))
    } finally {
      setBusy(false)
    }
  }
  const hasLock = moviesOf(current).some(movie => current.locked.includes(movie.movie_id))

  const saveCalendar = () => {
    const text = calendar(segments, index => titleOf(segments[index]!.movie), new Date())
    download(`moviesir-${current.sessionId.slice(0, 8)}.ics`, 'text/calendar;charset=utf-8', text)
  }

  const share = during(async () => {
    await keepNow()
    const { url } = await recommendation.share(current.sessionId)
    const address = new URL(url, location.href).href
    if (navigator.share && matchMedia('(pointer: coarse)').matches) {
      await navigator.share({ title: words.shareText, url: address }).catch(() => setLink(address)) // closed, or not possible after all
      return
    }
    setLink(address)
    await navigator.clipboard?.writeText(address).then(
      () => toast(words.shared),
      () => toast(words.shareFailed),
    )
  })

  return (
    <div class="stub">
      <p class="stub-text">
        {dateText(start, { year: 'numeric', month: 'long', day: 'numeric', weekday: 'short' })} · {clockTime(start)} ·{' '}
        {words.movies(segments.length)}
      </p>
      <div class="stub-actions">
        <Button
          icon="swap"
          look="main"
          busy={isBusy}
          aria-disabled={isOffline.value || undefined}
          onClick={during(async () => {
            await refill()
            toast(words.refilled, { label: words.undo, run: () => void undo() })
          })}
        >
          {hasLock ? words.refill : words.refillAll}
        </Button>
        <Button icon="undo" aria-disabled={!canUndo.value || undefined} onClick={during(undo)}>
          {words.undo}
        </Button>
        <Button icon="share" busy={isBusy} onClick={share}>
          {words.share}
        </Button>
        <Button icon="calendar" onClick={saveCalendar}>
          {words.calendar}
        </Button>
      </div>
      {link && (
        <Dialog title={words.share} closeLabel={t().app.close} onClose={() => setLink(null)}>
          <Field
            label={words.shareText}
            value={link}
            onValue={() => {}}
            readOnly
            onFocus={event => event.currentTarget.select()}
          />
        </Dialog>
      )}
    </div>
  )
}
