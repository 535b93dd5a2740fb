import type { Segment } from './timeline.ts'

/** A calendar file (RFC 5545) with an event for each movie. */
export function calendar(
  segments: readonly Segment<{ movie_id: number }>[],
  titleOf: (index: number) => string,
  now: Date,
): string {
  const events = segments.flatMap((segment, index) => [
    'BEGIN:VEVENT',
    `UID:${segment.movie.movie_id}-${utc(segment.startsAt)}@moviesir`,
    `DTSTAMP:${utc(now)}`,
    `DTSTART:${utc(segment.startsAt)}`,
    `DTEND:${utc(segment.endsAt)}`,
    `SUMMARY:${escaped(titleOf(index))}`,
    'END:VEVENT',
  ])
  const lines = ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//MovieSir//MovieSir//KO', ...events, 'END:VCALENDAR']
  return `${lines.map(folded).join('\r\n')}\r\n`
}

function utc(at: Date): string {
  return at.toISOString().replace(/\.\d+/, '').replace(/[-:]/g, '')
}

function escaped(text: string): string {
  return text.replace(/[\\;,]/g, '\\$&').replace(/\r?\n/g, '\\n')
}

/** No line has more than 75 bytes; a character is not cut. */
function folded(line: string): string {
  const bytes = new TextEncoder()
  const parts: string[] = []
  let part = ''
  let length = 0
  for (const character of line) {
    const size = bytes.encode(character).length
    if (length + size > 74) {
      parts.push(part)
      part = ' '
      length = 1
    }
    part += character
    length += size
  }
  return [...parts, part].join('\r\n')
}
