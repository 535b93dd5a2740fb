import { Button, duration, Numerals } from '@moviesir/ui'
import { useId, useState } from 'preact/hooks'
import { t } from '../../i18n/index.ts'
import { clockTime, daysBetween } from '../../time/format.ts'

interface BoardProps {
  start: Date
  end: Date
  used: number
  movies: number
  isNow: boolean
  /** Missing where the start cannot be changed. */
  onStart?: (startsAt: string | null) => void
}

/** From when to when, as a station's board says it. */
export function Board({ start, end, used, movies, isNow, onStart }: BoardProps) {
  const words = t().ticket
  const days = daysBetween(start, end)
  return (
    <div class="board">
      <div class="board-time">
        <span class="board-label">{words.from}</span>
        <Numerals text={clockTime(start)} />
        {onStart && <Start start={start} isNow={isNow} onStart={onStart} />}
      </div>
      <div class="board-way">
        <span>{duration(used)}</span>
        <span class="board-line" aria-hidden="true" />
        <span>{words.movies(movies)}</span>
      </div>
      <div class="board-time board-end">
        <span class="board-label">
          {words.to} {days > 0 && <span class="board-day">+{days}</span>}
        </span>
        <Numerals text={clockTime(end)} />
      </div>
    </div>
  )
}

/** Another start: the clock's next time to show it, or the one of up to twelve hours ago, for what has begun. */
function Start({ start, isNow, onStart }: Pick<BoardProps, 'start' | 'isNow'> & { onStart: (startsAt: string | null) => void }) {
  const words = t().ticket
  const id = useId()
  const [isOpen, setOpen] = useState(false)
  if (!isOpen) {
    return (
      <div class="board-start">
        <Button look="quiet" icon="clock" onClick={() => setOpen(true)}>
          {words.setStart}
        </Button>
      </div>
    )
  }
  return (
    <div class="board-start">
      <label class="hidden" for={id}>
        {words.setStart}
      </label>
      <input
        id={id}
        type="time"
        value={clockTime(start)}
        ref={input => input?.focus()}
        onChange={event => {
          const [hour, minute] = event.currentTarget.value.split(':').map(Number)
          if (hour === undefined || minute === undefined || Number.isNaN(hour + minute)) return
          const at = new Date()
          at.setHours(hour, minute, 0, 0)
          if (at.getTime() < Date.now() - 12 * 3_600_000) at.setDate(at.getDate() + 1)
          onStart(at.toISOString())
        }}
      />
      <Button
        look="quiet"
        aria-disabled={isNow || undefined}
        onClick={() => {
          onStart(null)
          setOpen(false)
        }}
      >
        {words.startNow}
      </Button>
    </div>
  )
}
