import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { call, whenEnded } from './call.ts'

const problem = (status: number, code: string) =>
  new Response(JSON.stringify({ status, code, detail: code }), {
    status,
    headers: { 'Content-Type': 'application/problem+json' },
  })

describe('a call whose sign-in has run out', () => {
  const answers = new Map<string, (() => Response)[]>()
  const asked: string[] = []
  const ended = vi.fn()

  beforeEach(() => {
    answers.clear()
    asked.length = 0
    ended.mockClear()
    whenEnded(ended)
    vi.stubGlobal('fetch', (path: string, init: RequestInit) => {
      asked.push(`${init.method} ${path}`)
      return Promise.resolve(answers.get(path)!.shift()!())
    })
  })
  afterEach(() => vi.unstubAllGlobals())

  it('is made again once the sign-in is renewed', async () => {
    answers.set('/users/me', [() => problem(401, 'SESSION_EXPIRED'), () => Response.json({ kind: 'traveller' })])
    answers.set('/auth/refresh', [() => new Response(null, { status: 204 })])
    expect(await call('GET', '/users/me')).toEqual({ kind: 'traveller' })
    expect(asked).toEqual(['GET /users/me', 'POST /auth/refresh', 'GET /users/me'])
  })

  it('is asked again as nobody where the sign-in has ended', async () => {
    answers.set('/users/me', [() => problem(401, 'SESSION_EXPIRED'), () => Response.json({ kind: 'nobody' })])
    answers.set('/auth/refresh', [() => problem(401, 'SESSION_ENDED')])
    expect(await call('GET', '/users/me')).toEqual({ kind: 'nobody' })
    expect(ended).not.toHaveBeenCalled()
  })

  it('changes nothing as somebody else where the sign-in has ended', async () => {
    answers.set('/movies/1/watched', [() => problem(401, 'SESSION_EXPIRED')])
    answers.set('/auth/refresh', [() => problem(401, 'SESSION_ENDED')])
    await expect(call('PUT', '/movies/1/watched')).rejects.toMatchObject({ code: 'SESSION_ENDED' })
    expect(asked).toEqual(['PUT /movies/1/watched', 'POST /auth/refresh'])
    expect(ended).toHaveBeenCalledOnce()
  })

  it('is renewed once for all calls that wait for it', async () => {
    answers.set('/a', [() => problem(401, 'SESSION_EXPIRED'), () => Response.json(1)])
    answers.set('/b', [() => problem(401, 'SESSION_EXPIRED'), () => Response.json(2)])
    answers.set('/auth/refresh', [() => new Response(null, { status: 204 })])
    expect(await Promise.all([call('GET', '/a'), call('GET', '/b')])).toEqual([1, 2])
    expect(asked.filter(line => line === 'POST /auth/refresh')).toHaveLength(1)
  })
})
