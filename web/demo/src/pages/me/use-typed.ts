import { useEffect, useState } from 'preact/hooks'

/** What is being typed, once the typing pauses. */
export function useTyped(text: string, milliseconds = 300): string {
  const [settled, setSettled] = useState(text)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), milliseconds)
    return () => clearTimeout(timer)
  }, [text, milliseconds])
  return settled
}
