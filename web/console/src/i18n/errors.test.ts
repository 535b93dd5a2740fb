import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { en } from './en.ts'
import { ko } from './ko.ts'

const api = join(import.meta.dirname, '../../../../MovieSir.Api')

/** What the console's API may answer with, as its sources name it. */
const codes = ['Console', 'Accounts'].flatMap(room =>
  readdirSync(join(api, room), { recursive: true, encoding: 'utf8' })
    .filter(name => name.endsWith('Problems.cs'))
    .flatMap(name => [...readFileSync(join(api, room, name), 'utf8').matchAll(/= "([A-Z][A-Z_]+)";/g)].map(match => match[1]!)),
)

test('each code of the API has words in both languages', () => {
  expect(codes.length).toBeGreaterThan(15)
  for (const errors of [ko.errors, en.errors] as Record<string, unknown>[]) {
    expect(codes.filter(code => errors[code] === undefined)).toEqual([])
  }
})
