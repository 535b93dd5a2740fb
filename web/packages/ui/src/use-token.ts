import { useEffect, useState } from 'preact/hooks'

/** The token of a mail's link (`#token=…`). It is taken out of the address at once, so that it stays in no history. */
export function useToken(): string | null {
  const [token, setToken] = useState(take)
  useEffect(() => {
    // A link that is followed where this page is open already changes the fragment alone.
    const look = () => setToken(before => take() ?? before)
    addEventListener('hashchange', look)
    return () => removeEventListener('hashchange', look)
  }, [])
  return token
}

function take(): string | null {
  const found = new URLSearchParams(location.hash.slice(1)).get('token')
  if (found) history.replaceState(null, '', location.pathname)
  return found
}
