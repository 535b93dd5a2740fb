/** A movie's place in the time at hand. */
export interface Segment<M> {
  movie: M
  /** Minutes from the start. */
  from: number
  to: number
  startsAt: Date
  endsAt: Date
}

export interface Timeline<M> {
  segments: Segment<M>[]
  /** Minutes from the first movie's start to the last one's end, with breaks. */
  used: number
  /** Minutes of the time at hand that no movie, break or margin takes. */
  left: number
  endsAt: Date
  /** What the drawing's whole length stands for. */
  scale: number
}

/** Lays movies end to end, with a break between two of them. What runs over the time at hand stretches the scale, so that it shows. */
export function layOut<M extends { runtime?: number | null }>(
  movies: readonly M[],
  start: Date,
  minutes: number,
  breakMinutes = 0,
  marginMinutes = 0,
): Timeline<M> {
  const segments: Segment<M>[] = []
  let at = 0
  for (const movie of movies) {
    if (segments.length > 0) at += breakMinutes
    const to = at + (movie.runtime ?? 0)
    segments.push({ movie, from: at, to, startsAt: after(start, at), endsAt: after(start, to) })
    at = to
  }
  return {
    segments,
    used: at,
    left: Math.max(0, minutes - marginMinutes - at),
    endsAt: after(start, at),
    scale: Math.max(minutes, at, 1),
  }
}

/** The minutes that one more movie may run: what is left, less the break before it. */
export function roomForOneMore(timeline: { segments: unknown[]; left: number }, breakMinutes: number): number {
  return timeline.left - (timeline.segments.length > 0 ? breakMinutes : 0)
}

function after(start: Date, minutes: number): Date {
  return new Date(start.getTime() + minutes * 60_000)
}
