import { useState } from 'preact/hooks'

/** The token of a mail's link (`#token=…`). It is taken out of the address at once, so that it stays in no history. */
export function useToken(): string | null {
  const [token] = useState(() => {
    const found = new URLSearchParams(location.hash.slice(1)).get('token')
    if (found) history.replaceState(null, '', location.pathname)
    return found
  })
  return token
}
