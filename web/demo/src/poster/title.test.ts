import { expect, it } from 'vitest'
import { emsOf, setTitle } from './title.ts'

it.each([
  '괴물',
  '좋은 놈, 나쁜 놈, 이상한 놈',
  'Dr. Strangelove or: How I Learned to Stop Worrying and Love the Bomb',
  '스타워즈 에피소드 4: 새로운 희망',
  'Hauptbahnhofsvorplatzverwaltungsangestellte',
  '아',
])('sets "%s" within the width and the lines', title => {
  const { lines, size } = setTitle(title, 172)
  expect(lines.length).toBeLessThanOrEqual(4)
  for (const line of lines) expect(emsOf(line) * size).toBeLessThanOrEqual(173)
  expect(lines.join('').replace(/[ …]/g, '')).not.toBe('')
})

it('keeps every word of a title that fits', () =>
  expect(setTitle('좋은 놈, 나쁜 놈, 이상한 놈', 172).lines.join(' ')).toBe('좋은 놈, 나쁜 놈, 이상한 놈'))
