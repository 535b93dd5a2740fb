import { expect, it } from 'vitest'
import { inksOf } from './palette.ts'
import { seeded } from './random.ts'

const genres = [28, 12, 16, 35, 80, 99, 18, 10751, 14, 36, 27, 10402, 9648, 10749, 878, 10770, 53, 10752, 37, undefined]

it('letters every poster so that it can be read', () => {
  for (const genre of genres)
    for (let choice = 0; choice < 1; choice += 0.2) {
      const { ground, letter } = inksOf(genre, choice)
      expect(contrast(ground, letter), `${genre}: ${letter} on ${ground}`).toBeGreaterThanOrEqual(4.5)
    }
})

it('draws the same poster for the same movie', () => {
  const once = seeded(496243)
  const again = seeded(496243)
  const other = seeded(129)
  const values = Array.from({ length: 20 }, () => once())
  expect(Array.from({ length: 20 }, () => again())).toEqual(values)
  expect(Array.from({ length: 20 }, () => other())).not.toEqual(values)
  expect(values.every(value => value >= 0 && value < 1)).toBe(true)
})

function contrast(first: string, second: string): number {
  const [dark, light] = [luminance(first), luminance(second)].sort((one, other) => one - other)
  return (light! + 0.05) / (dark! + 0.05)
}

function luminance(color: string): number {
  const [r, g, b] = [1, 3, 5]
    .map(at => Number.parseInt(color.slice(at, at + 2), 16) / 255)
    .map(part => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4))
  return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!
}
