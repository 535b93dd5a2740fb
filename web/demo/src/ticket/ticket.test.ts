import type { Recommendation, SetMovie } from '@moviesir/api-client'
import { expect, it } from 'vitest'
import { moved, moviesOf, replaced, roomInPlaceOf, ticketOf, ticketOfSession, toggledLock, without } from './ticket.ts'

const movie = (movie_id: number, runtime: number) => ({ movie_id, runtime, title: `${movie_id}` }) as SetMovie
const track = (movies: SetMovie[]) => ({ label: { ko: '', en: '' }, movies, total_runtime: 0, fills_time: true })
const answer = {
  session_id: 's',
  available_time: 240,
  track_a: track([movie(1, 100), movie(2, 60), movie(3, 50)]),
  track_b: track([movie(4, 120), movie(5, 110)]),
  hints: [] as Recommendation['hints'],
} as Recommendation
const ticket = ticketOf(answer, { breakMinutes: 10, marginMinutes: 5 })

it('leaves what its traveller removed out, and forgets its lock', () => {
  const changed = without(toggledLock(ticket, 2), 2)
  expect(moviesOf(changed).map(({ movie_id }) => movie_id)).toEqual([1, 3])
  expect(changed.locked).toEqual([])
  expect(changed.shown).toContain(2)
})

it('puts another movie in the place of one', () => {
  const changed = replaced(ticket, 2, movie(9, 55))
  expect(moviesOf(changed).map(({ movie_id }) => movie_id)).toEqual([1, 9, 3])
  expect(changed.shown).toContain(9)
})

it('gives a movie in the place of another its minutes and those that are left', () => {
  expect(roomInPlaceOf(ticket, 2)).toBe(240 - 5 - 2 * 10 - 150)
})

it('moves a movie by one place, and not beyond the ends', () => {
  expect(moviesOf(moved(ticket, 1, 1)).map(({ movie_id }) => movie_id)).toEqual([2, 1, 3])
  expect(moved(ticket, 1, -1)).toBe(ticket)
  expect(moved(ticket, 3, 1)).toBe(ticket)
})

it('shows the other track where the first is empty', () => {
  expect(ticketOf({ ...answer, track_a: track([]) }, { breakMinutes: 0, marginMinutes: 0 }).track).toBe('b')
})

it('opens a session as its traveller left it', () => {
  const opened = ticketOfSession({
    result: { ...answer, created_at: '2026-11-27T10:00:00Z', break_minutes: 10, margin_minutes: 0 },
    plan: { track: 'b', movies: [movie(5, 110)], starts_at: '2026-11-27T11:00:00Z' },
  })
  expect(opened.track).toBe('b')
  expect(moviesOf(opened).map(({ movie_id }) => movie_id)).toEqual([5])
  expect(opened.startsAt).toBe('2026-11-27T11:00:00Z')
  expect(opened.breakMinutes).toBe(10)
})
