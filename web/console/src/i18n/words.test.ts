import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { en } from './en.ts'
import { ko } from './ko.ts'

const api = join(import.meta.dirname, '../../../../MovieSir.Api')

/** What a pattern finds in sources of the API, each once. */
function found(rooms: string[], file: RegExp, pattern: RegExp): string[] {
  const texts = rooms.flatMap(room =>
    readdirSync(join(api, room), { recursive: true, encoding: 'utf8' })
      .filter(name => file.test(name))
      .map(name => readFileSync(join(api, room, name), 'utf8')),
  )
  return [...new Set(texts.flatMap(text => [...text.matchAll(pattern)].map(match => match[1]!)))]
}

const codes = found(['Console', 'Accounts', 'Engine'], /(Problems|Codes)\.cs$/, /= "([A-Z][A-Z_]+)";/g)
const acts = found(
  ['Console', 'Companies'],
  /\.cs$/,
  /"((?:company|key|rules?|member|identity|invitation|administrator|traveller)\.[a-z_]+)"/g,
)

test.each([
  ['code', codes, 15, [ko.errors, en.errors]],
  ['act of the audit log', acts, 20, [ko.audit.actions, en.audit.actions]],
] as const)('each %s of the API has words in both languages', (_, names, least, dictionaries) => {
  expect(names.length).toBeGreaterThan(least)
  for (const words of dictionaries as readonly Record<string, unknown>[]) {
    expect(names.filter(name => words[name] === undefined)).toEqual([])
  }
})
