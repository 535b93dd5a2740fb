import type { ComponentChildren, JSX } from 'preact'
import { useEffect, useRef, useState } from 'preact/hooks'
import { Button, IconButton } from './button.tsx'
import type { IconName } from './icon.tsx'
import { language } from './language.ts'
import type { Load } from './load.ts'
import { takeArrival } from './router.tsx'
import { cycleTheme, type Theme, theme } from './theme.ts'

/** What the parts of this file say, in the language at hand. */
export interface ShellWords {
  /** The site's name, after each page's. */
  name: string
  loading: string
  retry: string
  crashTitle: string
  crashed: string
  reload: string
  /** What went wrong and what to do. */
  errorText: (error: unknown) => string
  /** Names of the button that changes the theme, by the theme that is on. */
  theme: Record<Theme, string>
  /** The other language, in that language. */
  language: string
  languageLabel: string
}

let words: () => ShellWords

/** Each site says once where these parts find their words. */
export function setShellWords(read: () => ShellWords): void {
  words = read
}

/** A page's heading: it names the page in the browser, too, and takes the focus when somebody has come here from another page. */
export function Heading({ children }: { children: string | undefined }) {
  const element = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    document.title = `${children} · ${words().name}`
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

export function Waiting() {
  return (
    <div class="waiting" role="status">
      <span class="hidden">{words().loading}</span>
      <span class="waiting-track" aria-hidden="true" />
    </div>
  )
}

/** An error in the place of what could not be shown. What was entered elsewhere on the page stays. */
export function ErrorNote({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  return (
    <div class="error-note" role="alert">
      <p>{words().errorText(error)}</p>
      {onRetry && <Button onClick={onRetry}>{words().retry}</Button>}
    </div>
  )
}

/** In the place of what is being loaded, or could not be; nothing, where it is there. */
export function Pending({ of: loaded }: { of: Pick<Load<unknown>, 'data' | 'error' | 'reload'> }) {
  if (loaded.data !== null) return null
  return loaded.error ? <ErrorNote error={loaded.error} onRetry={loaded.reload} /> : <Waiting />
}

/** In the place of a page that failed to be drawn. */
export function Crash({ children }: { children?: ComponentChildren }) {
  return (
    <main class="station">
      {children}
      <h1>{words().crashTitle}</h1>
      <p>{words().crashed}</p>
      <Button look="main" onClick={() => location.reload()}>
        {words().reload}
      </Button>
    </main>
  )
}

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

const themeIcons: Record<Theme, IconName> = { system: 'system', light: 'sun', dark: 'moon' }

export function ThemeButton() {
  return <IconButton icon={themeIcons[theme.value]} label={words().theme[theme.value]} onClick={cycleTheme} />
}

export function LanguageButton({ onChange }: { onChange?: () => void }) {
  return (
    <button
      type="button"
      class="language"
      lang={language.value === 'ko' ? 'en' : 'ko'}
      aria-label={words().languageLabel}
      onClick={() => {
        language.value = language.value === 'ko' ? 'en' : 'ko'
        onChange?.()
      }}
    >
      {words().language}
    </button>
  )
}

/** Hands a file to the browser that the page itself has made. */
export function download(name: string, type: string, text: string): void {
  const address = URL.createObjectURL(new Blob([text], { type }))
  const anchor = document.createElement('a')
  anchor.href = address
  anchor.download = name
  anchor.click()
  setTimeout(() => URL.revokeObjectURL(address), 10_000)
}
