export interface Request {
  available_time: number
  preferred_genres?: string[]
  allow_adult?: boolean
}

export interface TrackAnswer {
  label: string
  movies: { movie_id: number; title: string; runtime: number; genres: string[]; because?: { title: string } | null }[]
  total_runtime: number
}

export interface Answer {
  status: number
  tookMs: number
  headers: [name: string, value: string][]
  /** As it came, indented. */
  text: string
  /** The minutes that were asked for. */
  minutes: number
  body: {
    data?: { track_a: TrackAnswer; track_b: TrackAnswer }
    meta?: { remaining_quota: number }
  } | null
}

/** Calls the partner API. An error is an answer here: the page shows it as a partner's server gets it. */
export async function ask(secret: string, request: Request): Promise<Answer> {
  const started = performance.now()
  const response = await fetch('/v1/recommend', {
    method: 'POST',
    headers: { 'X-API-Key': secret, 'Content-Type': 'application/json' },
    body: JSON.stringify(request),
    credentials: 'omit',
    cache: 'no-store',
  })
  const text = await response.text()
  const tookMs = performance.now() - started
  const shown = ['RateLimit', 'RateLimit-Policy', 'X-Request-Id', 'Retry-After']
  const headers = shown.map((name): [string, string | null] => [name, response.headers.get(name)])
  const body = parse(text)
  return {
    status: response.status,
    tookMs,
    headers: headers.filter((header): header is [string, string] => header[1] !== null),
    text: body ? JSON.stringify(body, null, 2) : text,
    minutes: request.available_time,
    body: body as Answer['body'],
  }
}

function parse(text: string): object | null {
  try {
    return JSON.parse(text) as object
  } catch {
    return null // the edge, or something before it, answered in words of its own
  }
}
