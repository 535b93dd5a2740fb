import { expect, test } from 'vitest'
import { niceTop } from './nice-top.ts'

test.each([
  [0, 1],
  [1, 1],
  [1.2, 2],
  [7, 10],
  [10, 10],
  [203, 500],
  [1000, 1000],
  [1001, 2000],
])('a chart of %d reaches to %d', (value, top) => expect(niceTop(value)).toBe(top))
