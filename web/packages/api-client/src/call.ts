/** A call that was answered with an error, or with none: `code` is stable, `status` 0 means that no answer came. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    /** What is wrong, by field of the request. */
    readonly fields: Record<string, string> = {},
    /** Whatever else the answer says. */
    readonly details: Record<string, unknown> = {},
    /** Seconds to wait before the next try. */
    readonly retryAfter: number | null = null,
  ) {
    super(message)
    this.name = 'ApiError'
  }
}

export interface CallOptions {
  body?: unknown
  signal?: AbortSignal | undefined
  query?: Record<string, string | number | undefined>
  headers?: Record<string, string>
}

const timeoutSeconds = 30
let renewPath = '/auth/refresh'

/** Names the call that renews this site's sign-ins, where it is another one. */
export function setRenewPath(path: string): void {
  renewPath = path
}

let tellEnded = () => {}

/** Runs when a sign-in turns out to have ended. */
export function whenEnded(run: () => void): void {
  tellEnded = run
}

/**
 * Calls the API of this page's own origin. An expired session is renewed once, and the call repeated. Where it has ended, what was asked is asked
 * again as nobody; what was to be changed is not changed as somebody else.
 */
export async function call<T>(method: string, path: string, options: CallOptions = {}): Promise<T> {
  const first = await send(method, path, options)
  if (first.status !== 401 || (await problemOf(first.clone())).code !== 'SESSION_EXPIRED') return read<T>(first)
  const renewed = await renew()
  if (renewed === null) return read<T>(first)
  if (renewed.ok || method === 'GET') return read<T>(await send(method, path, options))
  tellEnded()
  return read<T>(renewed.clone())
}

async function send(method: string, path: string, { body, signal, query, headers }: CallOptions): Promise<Response> {
  const limit = AbortSignal.timeout(timeoutSeconds * 1000)
  const init: RequestInit = {
    method,
    signal: signal ? AbortSignal.any([signal, limit]) : limit,
    cache: 'no-store',
    headers: { ...headers },
  }
  if (method !== 'GET') {
    init.headers = { 'Content-Type': 'application/json', ...headers }
    init.body = JSON.stringify(body ?? {})
  }
  try {
    return await fetch(path + queryOf(query), init)
  } catch (error) {
    if (signal?.aborted) throw error
    throw new ApiError(0, navigator.onLine ? 'NO_ANSWER' : 'OFFLINE', String(error))
  }
}

function queryOf(query: CallOptions['query']): string {
  if (!query) return ''
  const given = Object.entries(query).filter(([, value]) => value !== undefined && value !== '')
  return given.length ? `?${new URLSearchParams(given.map(([name, value]) => [name, String(value)]))}` : ''
}

async function read<T>(response: Response): Promise<T> {
  if (!response.ok) throw await problemOf(response)
  if (response.status === 204 || response.headers.get('Content-Length') === '0') return undefined as T
  return (await response.json()) as T
}

let renewal: Promise<Response | null> | null = null

/** One renewal serves all calls that wait for it. Null: it could not be asked for. */
function renew(): Promise<Response | null> {
  renewal ??= send('POST', renewPath, {})
    .then(
      response => (response.ok || response.status === 401 ? response : null),
      () => null,
    )
    .finally(() => {
      renewal = null
    })
  return renewal
}

async function problemOf(response: Response): Promise<ApiError> {
  const text = await response.text()
  let problem: Record<string, unknown> = {}
  try {
    problem = JSON.parse(text) as Record<string, unknown>
  } catch {
    // The edge, or something before it, answered in words of its own.
  }
  const errors = (problem.errors ?? {}) as Record<string, string | string[]>
  const fields = Object.fromEntries(
    Object.entries(errors).map(([name, said]) => [name, Array.isArray(said) ? (said[0] ?? '') : said]),
  )
  const after = Number(response.headers.get('Retry-After'))
  return new ApiError(
    response.status,
    String(problem.code ?? `HTTP_${response.status}`),
    String(problem.detail ?? problem.title ?? response.statusText),
    fields,
    problem,
    after > 0 ? after : null,
  )
}
