import { recommendation, type SetMovie } from '@moviesir/api-client'
import { duration, ErrorNote, Heading, Link, setQuery, useLoad, Waiting } from '@moviesir/ui'
import { isNotFound } from '../errors.ts'
import { genreName, t, titleOf } from '../i18n/index.ts'
import { Poster } from '../poster/poster.tsx'
import { Conductor } from '../shell/conductor.tsx'
import { layOut, type Segment } from '../ticket/timeline.ts'
import { clockTime } from '../time/format.ts'
import { useNow } from './home/use-now.ts'
import { Board } from './result/board.tsx'
import { Strip } from './result/strip.tsx'

/** What a link that was sent shows: a ticket to read, and nothing of whose it is. */
export function SharedTicket({ id }: { id: string }) {
  const words = t().shared
  const now = useNow()
  const shared = useLoad(signal => recommendation.shared(id, signal), id)
  if (shared.isLoading) return <Waiting />
  if (!shared.data) {
    return (
      <div class="station">
        <Conductor mood="sorry" />
        <Heading>{words.title}</Heading>
        {isNotFound(shared.error) ? <p>{words.gone}</p> : <ErrorNote error={shared.error} onRetry={shared.reload} />}
        <OwnTicket />
      </div>
    )
  }
  const { available_time, movies, starts_at, break_minutes = 0 } = shared.data
  const start = starts_at ? new Date(starts_at) : now
  const timeline = layOut(movies, start, available_time, break_minutes)
  return (
    <div class="page result">
      <div class="result-head">
        <Heading>{words.title}</Heading>
        <OwnTicket />
      </div>
      <p class="lead">{words.lead(duration(available_time))}</p>
      <article class="ticket">
        <Board start={start} end={timeline.endsAt} used={timeline.used} movies={movies.length} isNow={!starts_at} />
        <Strip timeline={timeline} minutes={available_time} marginMinutes={0} start={start} changing={[]} onOpen={openMovie} />
        <div class="perforation" aria-hidden="true" />
        <ol class="stops">
          {timeline.segments.map(segment => (
            <ReadOnlyStop key={segment.movie.movie_id} segment={segment} />
          ))}
        </ol>
      </article>
    </div>
  )
}

function ReadOnlyStop({ segment: { movie, startsAt, endsAt } }: { segment: Segment<SetMovie> }) {
  const title = titleOf(movie)
  return (
    <li class="stop">
      <p class="stop-time">
        <time dateTime={startsAt.toISOString()}>{clockTime(startsAt)}</time>
        <span aria-hidden="true">–</span>
        <time dateTime={endsAt.toISOString()}>{clockTime(endsAt)}</time>
      </p>
      <div class="stop-body">
        <span class="stop-poster">
          <Poster movie={movie} />
        </span>
        <div class="stop-text">
          <h2>
            <Link to={`${location.pathname}?movie=${movie.movie_id}`}>{title}</Link>
          </h2>
          <p class="facts">
            {[movie.year, t().movie.minutes(movie.runtime ?? 0), movie.genres.slice(0, 2).map(genreName).join(', ')]
              .filter(Boolean)
              .join(' · ')}
          </p>
        </div>
      </div>
    </li>
  )
}

function OwnTicket() {
  return (
    <Link to="/" class="button button-main">
      <span>{t().shared.mine}</span>
    </Link>
  )
}

function openMovie(id: number): void {
  setQuery('movie', String(id))
}
