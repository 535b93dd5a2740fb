import { describe, expect, it } from 'vitest'
import { minutesUntil, parseClock, parseDuration, parseTime } from './parse.ts'

describe('a duration', () => {
  it.each([
    ['2h 40m', 160],
    ['2h40', 160],
    ['160', 160],
    ['2시간 40분', 160],
    ['２시간 ４０분', 160],
    ['2시간', 120],
    ['1시간 반', 90],
    ['1 hour and a half', 90],
    ['2.5h', 150],
    ['90분', 90],
    ['2:40', 160],
    ['1 hour 5 minutes', 65],
    ['20', 20],
  ])('"%s" is %i minutes', (text, minutes) => expect(parseDuration(text)).toBe(minutes))

  it.each(['', 'abc', '시간', 'h', '2:75', '-5', '1시간 반 10분'])('"%s" is none', text => expect(parseDuration(text)).toBeNull())
})

describe('a time of day', () => {
  it.each([
    ['21:40', 21 * 60 + 40],
    ['9시', 9 * 60],
    ['9시 40분', 9 * 60 + 40],
    ['오후 9시 반', 21 * 60 + 30],
    ['밤 11시', 23 * 60],
    ['새벽 1시', 60],
    ['9:40 pm', 21 * 60 + 40],
    ['12 am', 0],
    ['12pm', 12 * 60],
    ['자정', 0],
    ['24:00', 0],
  ])('"%s" is minute %i of the day', (text, minutes) => expect(parseClock(text)?.minutes).toBe(minutes))

  it.each(['', '25:00', '21:60', '40분', '9'])('"%s" is none', text => expect(parseClock(text)).toBeNull())
})

describe('what people write', () => {
  it('is a duration or a time of day', () => {
    expect(parseTime('2:40')).toEqual({ kind: 'duration', minutes: 160 })
    expect(parseTime('21:40')).toEqual({ kind: 'until', clock: { minutes: 1300 } })
    expect(parseTime('2:40까지')).toEqual({ kind: 'until', clock: { minutes: 160 } })
    expect(parseTime('until 21:40')).toEqual({ kind: 'until', clock: { minutes: 1300 } })
    expect(parseTime('오후 9시까지 볼래요')).toEqual({ kind: 'until', clock: { minutes: 21 * 60 } })
    expect(parseTime('9시간')).toEqual({ kind: 'duration', minutes: 540 })
    expect(parseTime('언젠가까지')).toBeNull()
  })
})

describe('the minutes until a time of day', () => {
  it('are counted within the day', () => expect(minutesUntil({ minutes: 1300 }, new Date(2026, 10, 27, 19, 2))).toBe(158))
  it('are counted past midnight', () => expect(minutesUntil({ minutes: 60 }, new Date(2026, 10, 27, 22, 30))).toBe(150))
  it('leave out the minute that has begun', () =>
    expect(minutesUntil({ minutes: 1300 }, new Date(2026, 10, 27, 19, 2, 30))).toBe(157))
  it('are a day where the clock shows it now', () =>
    expect(minutesUntil({ minutes: 600 }, new Date(2026, 10, 27, 10, 0))).toBe(1440))
})
