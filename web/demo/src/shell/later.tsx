import type { JSX } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import { ErrorNote } from './error-note.tsx'
import { Waiting } from './waiting.tsx'

/** A page whose script is loaded when it is first shown. Its props are the parameters of its path. */
export function later<P extends object>(
  load: () => Promise<(props: P) => JSX.Element>,
): (parameters: Record<string, string>) => JSX.Element {
  let loaded: ((props: P) => JSX.Element) | null = null
  function Later({ parameters }: { parameters: P }) {
    const [, setRound] = useState(0)
    const [error, setError] = useState<unknown>(null)
    useEffect(() => {
      if (loaded) return
      load().then(page => {
        loaded = page
        setRound(round => round + 1)
      }, setError)
    }, [error])
    const Page = loaded
    if (Page) return <Page {...parameters} />
    return error ? <ErrorNote error={error} onRetry={() => setError(null)} /> : <Waiting />
  }
  return parameters => <Later parameters={parameters as P} />
}
