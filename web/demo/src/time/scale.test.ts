import { expect, it } from 'vitest'
import { maximumMinutes, minimumMinutes } from './parse.ts'
import { lastStep, minutesAt, stepOf } from './scale.ts'

it('goes from the shortest time to the longest, always on', () => {
  const times = Array.from({ length: lastStep + 1 }, (_, step) => minutesAt(step))
  expect(times[0]).toBe(minimumMinutes)
  expect(times.at(-1)).toBe(maximumMinutes)
  expect(times.every((time, step) => step === 0 || time > times[step - 1]!)).toBe(true)
})

it('finds the step of each of its times', () => {
  for (let step = 0; step <= lastStep; step++) expect(stepOf(minutesAt(step))).toBe(step)
})
