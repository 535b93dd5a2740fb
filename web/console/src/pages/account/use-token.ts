import { useState } from 'preact/hooks'

/** The token of a mailed link, from the address's fragment, which no server sees. The address forgets it. */
export function useToken(): string {
  const [token] = useState(() => {
    const found = new URLSearchParams(window.location.hash.slice(1)).get('token') ?? ''
    history.replaceState(null, '', window.location.pathname)
    return found
  })
  return token
}
