export const minimumMinutes = 20
export const maximumMinutes = 24 * 60

export type SpokenTime = { kind: 'duration'; minutes: number } | { kind: 'until'; clock: Clock }

/** A time of day, in minutes since midnight. */
export interface Clock {
  minutes: number
}

/**
 * Reads a time as people write it: "2h 40m", "160", "2시간 40분", "1시간 반", "2:40", "until 21:40", "밤 9시 40분까지".
 * A bare "21:40" is a time of day; a bare "2:40" is two hours and forty minutes.
 * @returns null where it is neither.
 */
export function parseTime(text: string): SpokenTime | null {
  const said = text.normalize('NFKC').trim().toLowerCase()
  if (said === '') return null
  const isUntil = /까지|^(un)?til |^by /.test(said)
  const rest = said.replace(/까지.*$|^(un)?til |^by /, '').trim()
  const clock = parseClock(rest)
  if (isUntil) return clock && { kind: 'until', clock }
  const minutes = parseDuration(rest)
  if (clock && (minutes === null || /^(1[3-9]|2[0-3]):/.test(rest))) return { kind: 'until', clock }
  return minutes === null ? null : { kind: 'duration', minutes }
}

/** Minutes, or null where the text is no duration. It may be out of the bounds above. */
export function parseDuration(text: string): number | null {
  const said = text.normalize('NFKC').trim().toLowerCase()
  const bare = /^(\d{1,4})$/.exec(said)
  if (bare) return Number(bare[1])
  const colon = /^(\d{1,2}):([0-5]\d)$/.exec(said)
  if (colon) return Number(colon[1]) * 60 + Number(colon[2])
  const pattern =
    /^(?:(\d{1,2}(?:\.\d{1,2})?)\s*(?:시간|hours?|hrs?|h)\s*(반|and a half)?)?\s*(?:(?:and\s*)?(\d{1,4})\s*(?:분|minutes?|mins?|m)?)?$/
  const parts = pattern.exec(said)
  if (!parts || (parts[1] === undefined && parts[3] === undefined)) return null
  if (parts[2] !== undefined && parts[3] !== undefined) return null
  return Math.round(Number(parts[1] ?? 0) * 60) + (parts[2] ? 30 : 0) + Number(parts[3] ?? 0)
}

const isEvening = /^(오후|저녁|밤|pm)|pm$|p\.m\.$/
const isMorning = /^(오전|아침|새벽|am)|am$|a\.m\.$/

/** A time of day, or null: "21:40", "9시 40분", "오후 9시 반", "9:40 pm". */
export function parseClock(text: string): Clock | null {
  const said = text.normalize('NFKC').trim().toLowerCase()
  if (said === '정오' || said === 'noon') return { minutes: 12 * 60 }
  if (said === '자정' || said === 'midnight') return { minutes: 0 }
  const digits = said.replace(/^(오후|저녁|밤|오전|아침|새벽|am|pm)\s*/, '').replace(/\s*(a\.?m\.?|p\.?m\.?)$/, '')
  const parts = /^(\d{1,2})(?::([0-5]\d)|시(?:\s*(?:(\d{1,2})분|(반)))?)?$/.exec(digits)
  const hasHalf = isEvening.test(said) || isMorning.test(said)
  if (!parts || (parts[2] === undefined && !digits.includes('시') && !hasHalf)) return null
  let hour = Number(parts[1])
  const minute = parts[4] ? 30 : Number(parts[2] ?? parts[3] ?? 0)
  if (isEvening.test(said) && hour < 12) hour += hour === 0 ? 0 : 12
  if (isMorning.test(said) && hour === 12) hour = 0
  if (hour > 24 || minute > 59) return null
  return { minutes: (hour % 24) * 60 + minute }
}

/** Minutes from now until the next time that the clock shows that: past midnight, if it has gone by today. A clock that shows it now means tomorrow. */
export function minutesUntil(clock: Clock, now: Date): number {
  const then = new Date(now)
  then.setHours(Math.floor(clock.minutes / 60), clock.minutes % 60, 0, 0)
  if (then <= now) then.setDate(then.getDate() + 1)
  return Math.floor((then.getTime() - now.getTime()) / 60_000)
}

export function isInBounds(minutes: number): boolean {
  return minutes >= minimumMinutes && minutes <= maximumMinutes
}
