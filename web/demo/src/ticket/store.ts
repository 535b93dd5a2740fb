import {
  movies,
  type Recommendation,
  type RecommendRequest,
  recommendation,
  type SetMovie,
  type TrackName,
} from '@moviesir/api-client'
import { stored } from '@moviesir/ui'
import { computed, signal } from '@preact/signals'
import { loadMe } from '../session.ts'
import { minutesUntil } from '../time/parse.ts'
import { type Ask, ask, setAsk } from './ask.ts'
import {
  idsOf,
  moved,
  moviesOf,
  replaced,
  roomInPlaceOf,
  type Ticket,
  ticketOf,
  ticketOfSession,
  toggledLock,
  withMovies,
  without,
} from './ticket.ts'

interface Past {
  ticket: Ticket
  /** Takes back what the API was told. */
  revert?: () => Promise<unknown>
}

const historyLength = 50
/** As many as the API takes. */
const mostExcluded = 500

/** The last ticket; this device keeps it, so that it can be read offline. */
export const ticket = stored<Ticket | null>('ticket', null)
const past = signal<Past[]>([])
export const canUndo = computed(() => past.value.length > 0)

/** The movies whose place is being filled anew. */
export const changing = signal<readonly number[]>([])

export function requestOf(asked: Ask, now: Date, extra: Partial<RecommendRequest> = {}): RecommendRequest {
  const request: RecommendRequest = {
    available_time: asked.mode === 'until' ? minutesUntil({ minutes: asked.until }, now) : asked.minutes,
    genres: asked.genres.map(String),
    exclude_adult: !asked.adult,
    break_minutes: asked.breakMinutes,
    margin_minutes: asked.marginMinutes,
    ...extra,
  }
  if (asked.providers !== null) request.provider_ids = asked.providers
  if (asked.mood.trim() !== '') request.mood = asked.mood.trim()
  return request
}

/** Asks for a ticket. The one before it is replaced only when the new one is there. */
export async function draw(extra: Partial<RecommendRequest> = {}): Promise<Ticket> {
  const asked = ask.value
  const answer: Recommendation = await recommendation.recommend(requestOf(asked, new Date(), extra))
  const drawn = ticketOf(answer, { breakMinutes: asked.breakMinutes, marginMinutes: asked.marginMinutes })
  past.value = []
  ticket.value = drawn
  void loadMe() // the first ticket makes a guest
  return drawn
}

/** Opens a ticket by its address: this device's own copy at once, and what the API knows of it. */
export async function open(id: string, signal?: AbortSignal): Promise<void> {
  const session = await recommendation.open(id, signal)
  if (ticket.value?.sessionId === id) return
  past.value = []
  ticket.value = ticketOfSession(session)
}

export function choose(track: TrackName): void {
  if (ticket.value && ticket.value.track !== track) set({ ...ticket.value, track })
}

export function startAt(startsAt: string | null): void {
  if (ticket.value) change({ ...ticket.value, startsAt })
}

export function remove(id: number): void {
  if (ticket.value) change(without(ticket.value, id))
}

export function move(id: number, by: -1 | 1): void {
  if (ticket.value) change(moved(ticket.value, id, by))
}

export function lock(id: number): void {
  if (ticket.value) change(toggledLock(ticket.value, id))
}

/** Puts another movie in the place of one. Returns it. */
export async function swap(id: number): Promise<SetMovie | null> {
  return during([id], async before => {
    const { movie } = await recommendation.single({
      session_id: before.sessionId,
      track: before.track,
      target_runtime: roomInPlaceOf(before, id),
      source_movie_id: id,
      excluded_ids: before.shown.slice(-mostExcluded),
    })
    if (ticket.value) change(replaced(ticket.value, id, movie))
    return movie
  })
}

/** Adds a movie that fits the time that is left. Returns it. */
export async function addOne(room: number): Promise<SetMovie | null> {
  return during([], async before => {
    const { movie } = await recommendation.single({
      session_id: before.sessionId,
      track: before.track,
      target_runtime: room,
      excluded_ids: before.shown.slice(-mostExcluded),
    })
    if (ticket.value) change(withMovies(ticket.value, [...moviesOf(ticket.value), movie]))
    return movie
  })
}

/** Keeps what is locked, and fills the rest of the time anew. */
export async function refill(): Promise<void> {
  const isLocked = (id: number) => ticket.value?.locked.includes(id) ?? false
  const open = ticket.value ? idsOf(moviesOf(ticket.value)).filter(id => !isLocked(id)) : []
  await during(open, async before => {
    const locked = idsOf(moviesOf(before)).filter(isLocked)
    const { track } = await recommendation.fill({ session_id: before.sessionId, track: before.track, locked_ids: locked })
    if (ticket.value) change(withMovies(ticket.value, track.movies))
  })
}

/** Tells that a movie was seen, and swaps it. */
export async function markSeen(id: number): Promise<void> {
  await movies.setWatched(id)
  await exchange(id, () => movies.unsetWatched(id))
}

/** Tells that a movie is not to be suggested, and swaps it. */
export async function markNever(id: number): Promise<void> {
  await movies.setNotForMe(id)
  await exchange(id, () => movies.unsetNotForMe(id))
}

async function exchange(id: number, revert: () => Promise<unknown>): Promise<void> {
  const before = ticket.value
  if (!before) return
  try {
    await swap(id)
    past.value = past.value.map((step, index) => (index === past.value.length - 1 ? { ...step, revert } : step))
  } catch {
    change(without(before, id), revert) // no other movie fits: its place stays empty
  }
}

export async function undo(): Promise<void> {
  const last = past.value.at(-1)
  if (!last) return
  await last.revert?.()
  past.value = past.value.slice(0, -1)
  set(last.ticket)
}

async function during<T>(ids: readonly number[], work: (before: Ticket) => Promise<T>): Promise<T | null> {
  const before = ticket.value
  if (!before) return null
  changing.value = [...changing.value, ...ids]
  try {
    return await work(before)
  } finally {
    changing.value = changing.value.filter(id => !ids.includes(id))
  }
}

function change(after: Ticket, revert?: () => Promise<unknown>): void {
  const before = ticket.value
  if (!before || before === after) return
  past.value = [...past.value.slice(-historyLength + 1), revert ? { ticket: before, revert } : { ticket: before }]
  set(after)
}

let keeping: ReturnType<typeof setTimeout> | undefined

/** Shows a ticket, and tells the API of it once its traveller pauses. */
function set(after: Ticket): void {
  ticket.value = after
  clearTimeout(keeping)
  keeping = setTimeout(() => {
    keepNow().catch(() => {}) // this device has it; the next change tells it again
  }, 600)
}

/** Tells the API of the ticket at once, before somebody else opens it. */
export async function keepNow(): Promise<void> {
  clearTimeout(keeping)
  const current = ticket.value
  if (!current || moviesOf(current).length === 0) return
  const plan = { track: current.track, movie_ids: idsOf(moviesOf(current)) }
  await recommendation.keep(current.sessionId, current.startsAt ? { ...plan, starts_at: current.startsAt } : plan)
}

/** Removes from this device what belongs to whoever used it. */
export function forget(): void {
  clearTimeout(keeping)
  past.value = []
  ticket.value = null
  setAsk({ providers: null, genres: [], mood: '' })
}
