import { type Dashboard, usage } from '@moviesir/api-client/console'
import { type Load, path, useLoad } from '@moviesir/ui'
import { createContext } from 'preact'
import { useContext, useEffect } from 'preact/hooks'

const refreshSeconds = 30

/** The company's figures of today, for the frame and for the page that shows them whole. */
export const Overview = createContext<Load<Dashboard> | null>(null)

/** Reads them once, at each change of the page, and from time to time while somebody looks. */
export function useOverviewLoad(): Load<Dashboard> {
  const loaded = useLoad(signal => usage.dashboard(signal), path.value)
  useEffect(() => {
    const timer = setInterval(() => {
      if (!document.hidden) loaded.reload()
    }, refreshSeconds * 1000)
    return () => clearInterval(timer)
  }, [])
  return loaded
}

export function useOverview(): Load<Dashboard> {
  const loaded = useContext(Overview)
  if (!loaded) throw new Error('There is no frame around this page.')
  return loaded
}
