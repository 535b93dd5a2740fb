import { expect, it } from 'vitest'
import { calendar } from './ics.ts'
import { layOut, roomForOneMore } from './timeline.ts'

const start = new Date(2026, 10, 27, 22, 0)
const movies = [
  { movie_id: 1, runtime: 90 },
  { movie_id: 2, runtime: 60 },
]

it('lays movies end to end with breaks, past midnight', () => {
  const timeline = layOut(movies, start, 180, 10, 5)
  expect(timeline.segments.map(segment => [segment.from, segment.to])).toEqual([
    [0, 90],
    [100, 160],
  ])
  expect(timeline.endsAt).toEqual(new Date(2026, 10, 28, 0, 40))
  expect(timeline.used).toBe(160)
  expect(timeline.left).toBe(15)
  expect(roomForOneMore(timeline, 10)).toBe(5)
})

it('stretches its scale where the movies run over', () => expect(layOut(movies, start, 120).scale).toBe(150))

it('has the whole time left where there is no movie', () => {
  const timeline = layOut([], start, 120, 10)
  expect(roomForOneMore(timeline, 10)).toBe(120)
})

it('writes a calendar whose lines are short and whose titles are escaped', () => {
  const long = '아주, 아주 긴 제목; 그래서 한 줄에 다 들어가지 않는 영화의 제목은 여러 줄로 나뉩니다'
  const text = calendar(layOut(movies, start, 180).segments, () => long, start)
  for (const line of text.split('\r\n')) expect(new TextEncoder().encode(line).length).toBeLessThanOrEqual(75)
  expect(text.replaceAll('\r\n ', '')).toContain('SUMMARY:아주\\, 아주 긴 제목\\; 그래서')
  expect(text.match(/BEGIN:VEVENT/g)).toHaveLength(2)
})
