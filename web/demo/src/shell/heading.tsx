import { takeArrival } from '@moviesir/ui'
import { useEffect, useRef } from 'preact/hooks'
import { t } from '../i18n/index.ts'

/** A page's heading: it names the page in the browser, too, and takes the focus when somebody has come here from another page of the app. */
export function Heading({ children }: { children: string | undefined }) {
  const element = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    document.title = `${children} · ${t().app.name}`
  }, [children])
  useEffect(() => {
    if (takeArrival()) element.current?.focus({ preventScroll: true })
  }, [])
  return (
    <h1 ref={element} tabIndex={-1}>
      {children}
    </h1>
  )
}
