import { useEffect, useState } from 'preact/hooks'

/** The time, anew at each full minute. */
export function useNow(): Date {
  const [now, setNow] = useState(() => new Date())
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout>
    const wait = () => {
      timer = setTimeout(
        () => {
          setNow(new Date())
          wait()
        },
        60_000 - (Date.now() % 60_000),
      )
    }
    wait()
    return () => clearTimeout(timer)
  }, [])
  return now
}
