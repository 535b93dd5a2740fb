import type { SetMovie, TrackName } from '@moviesir/api-client'
import { duration } from '@moviesir/ui'
import { t, titleOf } from '../../i18n/index.ts'
import { inksOfMovie, PosterArt } from '../../poster/poster.tsx'
import type { Ticket } from '../../ticket/ticket.ts'
import { layOut, type Timeline } from '../../ticket/timeline.ts'
import { clockTime } from '../../time/format.ts'

interface StripProps {
  timeline: Timeline<SetMovie>
  minutes: number
  marginMinutes: number
  start: Date
  onOpen: (id: number) => void
  changing: readonly number[]
}

/** The set as one reel, drawn to scale against the time at hand. */
export function Strip({ timeline, minutes, marginMinutes, start, onOpen, changing }: StripProps) {
  const words = t().ticket
  const percent = (value: number) => `${(value / timeline.scale) * 100}%`
  const leftFrom = Math.min(timeline.used, minutes)
  return (
    <figure class="strip" aria-label={words.strip(duration(minutes))}>
      <ol class="reel">
        {timeline.segments.map(({ movie, from, to, startsAt, endsAt }) => {
          const inks = inksOfMovie(movie)
          return (
            <li
              key={movie.movie_id}
              class={changing.includes(movie.movie_id) ? 'is-changing' : ''}
              style={{ left: percent(from), width: percent(to - from), background: inks.ground, color: inks.letter }}
            >
              <button type="button" onClick={() => onOpen(movie.movie_id)}>
                <PosterArt movie={movie} />
                <span class="reel-label">
                  <span class="hidden">
                    {clockTime(startsAt)}–{clockTime(endsAt)}{' '}
                  </span>
                  <b>{titleOf(movie)}</b>
                  <small>{movie.runtime}</small>
                </span>
              </button>
            </li>
          )
        })}
        {timeline.left > 0 && (
          <li
            class="reel-left"
            aria-hidden="true"
            style={{ left: percent(leftFrom), width: percent(timeline.left + marginMinutes) }}
          />
        )}
      </ol>
      <Axis start={start} minutes={timeline.scale} />
    </figure>
  )
}

/** Full hours under the reel, as many as there is room for. */
function Axis({ start, minutes }: { start: Date; minutes: number }) {
  const step = minutes <= 240 ? 30 : minutes <= 480 ? 60 : minutes <= 960 ? 120 : 240
  const untilFirst = (step - ((start.getHours() * 60 + start.getMinutes()) % step)) % step
  const marks: number[] = []
  for (let at = untilFirst; at <= minutes; at += step) marks.push(at)
  const shown = marks.filter(at => at / minutes > 0.02 && at / minutes < 0.98)
  return (
    <div class="axis" aria-hidden="true">
      {shown.map(at => (
        <span key={at} style={{ left: `${(at / minutes) * 100}%` }}>
          {clockTime(new Date(start.getTime() + at * 60_000))}
        </span>
      ))}
    </div>
  )
}

/** The same, small: a track before it is chosen. */
export function MiniStrip({ ticket, track }: { ticket: Ticket; track: TrackName }) {
  const timeline = layOut(ticket.tracks[track], new Date(0), ticket.minutes, ticket.breakMinutes, ticket.marginMinutes)
  return (
    <span class="mini-strip" aria-hidden="true">
      {timeline.segments.map(({ movie, from, to }) => (
        <span
          key={movie.movie_id}
          style={{
            left: `${(from / timeline.scale) * 100}%`,
            width: `${((to - from) / timeline.scale) * 100}%`,
            background: inksOfMovie(movie).ground,
          }}
        />
      ))}
    </span>
  )
}
