import type { Hint, Recommendation, Session, SetMovie, TrackName } from '@moviesir/api-client'

/** A result as a traveller changes it. All of it can be kept as JSON. */
export interface Ticket {
  sessionId: string
  minutes: number
  breakMinutes: number
  marginMinutes: number
  /** ISO 8601; null while it starts "now". */
  startsAt: string | null
  track: TrackName
  tracks: Record<TrackName, SetMovie[]>
  locked: number[]
  /** All that was shown, which a swap does not show again. */
  shown: number[]
  hints: Hint[]
}

interface Timing {
  breakMinutes: number
  marginMinutes: number
  startsAt?: string | null
}

export function ticketOf(answer: Recommendation, timing: Timing): Ticket {
  const tracks = { a: answer.track_a.movies, b: answer.track_b.movies }
  return {
    sessionId: answer.session_id,
    minutes: answer.available_time,
    breakMinutes: timing.breakMinutes,
    marginMinutes: timing.marginMinutes,
    startsAt: timing.startsAt ?? null,
    track: tracks.a.length === 0 && tracks.b.length > 0 ? 'b' : 'a',
    tracks,
    locked: [],
    shown: idsOf([...tracks.a, ...tracks.b]),
    hints: answer.hints,
  }
}

/** A result opened again, with the order and the choice that its traveller left. */
export function ticketOfSession(session: Session): Ticket {
  const { result, plan } = session
  const ticket = ticketOf(result, { breakMinutes: result.break_minutes, marginMinutes: result.margin_minutes })
  if (!plan) return ticket
  const left = { ...ticket, track: plan.track, startsAt: plan.starts_at }
  return withMovies(left, plan.movies)
}

export function moviesOf(ticket: Ticket): SetMovie[] {
  return ticket.tracks[ticket.track]
}

export function withMovies(ticket: Ticket, movies: SetMovie[]): Ticket {
  const present = new Set(idsOf(movies))
  return {
    ...ticket,
    tracks: { ...ticket.tracks, [ticket.track]: movies },
    locked: ticket.locked.filter(
      id => present.has(id) || ticket.tracks[other(ticket.track)].some(movie => movie.movie_id === id),
    ),
    shown: [...new Set([...ticket.shown, ...present])],
  }
}

export function without(ticket: Ticket, id: number): Ticket {
  return withMovies(
    ticket,
    moviesOf(ticket).filter(movie => movie.movie_id !== id),
  )
}

export function replaced(ticket: Ticket, id: number, by: SetMovie): Ticket {
  return withMovies(
    ticket,
    moviesOf(ticket).map(movie => (movie.movie_id === id ? by : movie)),
  )
}

/** Moves a movie by one place; at the ends nothing happens. */
export function moved(ticket: Ticket, id: number, by: -1 | 1): Ticket {
  const movies = [...moviesOf(ticket)]
  const from = movies.findIndex(movie => movie.movie_id === id)
  const to = from + by
  if (from < 0 || to < 0 || to >= movies.length) return ticket
  ;[movies[from], movies[to]] = [movies[to]!, movies[from]!]
  return withMovies(ticket, movies)
}

export function toggledLock(ticket: Ticket, id: number): Ticket {
  const isLocked = ticket.locked.includes(id)
  return { ...ticket, locked: isLocked ? ticket.locked.filter(other => other !== id) : [...ticket.locked, id] }
}

/** The minutes that a movie may run in place of another: the other's own and those that are left. */
export function roomInPlaceOf(ticket: Ticket, id: number): number {
  const others = moviesOf(ticket).filter(movie => movie.movie_id !== id)
  const breaks = ticket.breakMinutes * others.length
  return ticket.minutes - ticket.marginMinutes - breaks - others.reduce((sum, movie) => sum + (movie.runtime ?? 0), 0)
}

export function idsOf(movies: readonly { movie_id: number }[]): number[] {
  return movies.map(movie => movie.movie_id)
}

function other(track: TrackName): TrackName {
  return track === 'a' ? 'b' : 'a'
}
