import { maximumMinutes, minimumMinutes } from './parse.ts'

/*
 * The ruler of the home page: steps of 5 minutes up to six hours, of 15 beyond. Half of its length are the times that most people have.
 */
const fineUntil = 360
const fineStep = 5
const coarseStep = 15
const fineSteps = (fineUntil - minimumMinutes) / fineStep

export const lastStep = fineSteps + (maximumMinutes - fineUntil) / coarseStep

export function minutesAt(step: number): number {
  const whole = Math.min(lastStep, Math.max(0, Math.round(step)))
  return whole <= fineSteps ? minimumMinutes + whole * fineStep : fineUntil + (whole - fineSteps) * coarseStep
}

/** The place of a time on the ruler, between steps where it is no step. */
export function stepOf(minutes: number): number {
  const bounded = Math.min(maximumMinutes, Math.max(minimumMinutes, minutes))
  return bounded <= fineUntil ? (bounded - minimumMinutes) / fineStep : fineSteps + (bounded - fineUntil) / coarseStep
}

/** The ruler's marks, from 0 to 1: one an hour, with a number where there is room for one. */
export const hourMarks = Array.from({ length: 24 }, (_, index) => index + 1).map(hour => ({
  hour,
  at: stepOf(hour * 60) / lastStep,
  isNumbered: hour <= 6 || hour % 6 === 0,
}))
