import { duration } from '@moviesir/ui'
import { t } from '../../i18n/index.ts'
import type { TrackAnswer } from './ask.ts'

/** A track against the time that was asked for: each movie as wide as it is long, what is left over hatched. */
export function Drawn({ track, minutes }: { track: TrackAnswer; minutes: number }) {
  const words = t().playground
  let from = 0
  return (
    <div class="drawn">
      <p>
        <b>{track.label}</b> <span>{words.fills(duration(track.total_runtime), duration(minutes))}</span>
      </p>
      <svg class="drawn-strip" viewBox={`0 0 ${minutes} 24`} preserveAspectRatio="none" aria-hidden="true">
        <rect class="drawn-rest" x={0} width={minutes} y={0} height={24} />
        {track.movies.map((movie, index) => {
          const x = from
          from += movie.runtime
          return (
            <rect
              key={movie.movie_id}
              class={`drawn-${index % 3}`}
              x={x}
              width={Math.max(0, movie.runtime - 0.6)}
              y={0}
              height={24}
            />
          )
        })}
      </svg>
      <ol class="plain-list">
        {track.movies.map(movie => (
          <li key={movie.movie_id}>
            {movie.title} <small>{duration(movie.runtime)}</small>
            {movie.because && <small> · {words.because(movie.because.title)}</small>}
          </li>
        ))}
      </ol>
    </div>
  )
}
