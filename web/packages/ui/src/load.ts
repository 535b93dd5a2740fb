import { useCallback, useEffect, useRef, useState } from 'preact/hooks'

export interface Load<T> {
  data: T | null
  error: unknown
  isLoading: boolean
  /** Asks again. What was there stays until the answer is. */
  reload: () => void
  set: (data: T) => void
}

/** Loads what a page shows, again whenever `key` changes. An answer that a later question has overtaken is dropped. */
export function useLoad<T>(load: (signal: AbortSignal) => Promise<T>, key: unknown): Load<T> {
  const [state, setState] = useState<{ data: T | null; error: unknown; isLoading: boolean }>({
    data: null,
    error: null,
    isLoading: true,
  })
  const [round, setRound] = useState(0)
  const loader = useRef(load)
  loader.current = load
  useEffect(() => {
    const controller = new AbortController()
    setState(before => ({ ...before, error: null, isLoading: true }))
    loader.current(controller.signal).then(
      data => {
        if (!controller.signal.aborted) setState({ data, error: null, isLoading: false })
      },
      error => {
        if (!controller.signal.aborted) setState(before => ({ ...before, error, isLoading: false }))
      },
    )
    return () => controller.abort()
  }, [key, round])
  const reload = useCallback(() => setRound(before => before + 1), [])
  const set = useCallback((data: T) => setState({ data, error: null, isLoading: false }), [])
  return { ...state, reload, set }
}
