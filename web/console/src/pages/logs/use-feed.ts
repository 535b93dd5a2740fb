import { type LogLine, logs } from '@moviesir/api-client/console'
import { useEffect, useState } from 'preact/hooks'

export type FeedState = 'starting' | 'live' | 'broken'

/** What came first, and above it what the live feed brings. The browser connects again by itself, and goes on where it was. */
export function useFeed(first: LogLine[] | null, most: number): { lines: LogLine[] | null; state: FeedState } {
  const [added, setAdded] = useState<LogLine[]>([])
  const [state, setState] = useState<FeedState>('starting')
  useEffect(() => {
    const source = new EventSource(logs.feedAddress)
    source.addEventListener('open', () => setState('live'))
    source.addEventListener('error', () => setState('broken'))
    source.addEventListener('call', event => {
      const line = JSON.parse(event.data) as LogLine
      setAdded(before => [line, ...before].slice(0, most))
    })
    return () => source.close()
  }, [])
  if (first === null) return { lines: null, state }
  const known = new Set(added.map(line => line.log_id))
  return { lines: [...added, ...first.filter(line => !known.has(line.log_id))].slice(0, most), state }
}
