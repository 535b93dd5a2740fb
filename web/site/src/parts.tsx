/** @jsxImportSource preact */
import type { ComponentChildren } from 'preact'
// By its path: what vite reads its configuration with compiles no package.
import { Mark } from '../../packages/ui/src/mark.tsx'
import type { Words } from './words.ts'

interface FrameProps {
  words: Words
  /** Where the same page is in the other language. */
  other: string
  /** Links of this site beside those to the others. */
  links: [address: string, name: string][]
  children: ComponentChildren
}

/** Head and foot of every page. `/app`, `/console` and `/api` lead to the other hosts: the edge knows their names. */
export function Frame({ words, other, links, children }: FrameProps) {
  return (
    <>
      <a class="skip" href="#content">
        {words.skip}
      </a>
      <header class="site-head">
        <a class="brand" href={words.language === 'ko' ? '/' : '/en/'}>
          <Mark />
          <span>{words.name}</span>
        </a>
        <nav aria-label={words.nav}>
          {links.map(([address, name]) => (
            <a key={address} href={address}>
              {name}
            </a>
          ))}
          <a href={other} lang={words.language === 'ko' ? 'en' : 'ko'} hreflang={words.language === 'ko' ? 'en' : 'ko'}>
            {words.otherLanguage}
          </a>
        </nav>
      </header>
      <main id="content">{children}</main>
      <footer class="site-foot">
        <p>{words.credit}</p>
        <nav aria-label={words.footNav}>
          <a href="/app">{words.toApp}</a>
          <a href="/console">{words.toConsole}</a>
          <a href="/api">{words.toApi}</a>
        </nav>
      </footer>
    </>
  )
}

export interface Stop {
  title: string
  minutes: number
}

/** A set of movies against the time at hand: each as wide as it is long. */
export function Reel({ stops, minutes, label }: { stops: Stop[]; minutes: number; label: string }) {
  let from = 0
  return (
    <figure class="reel">
      <figcaption>{label}</figcaption>
      <svg viewBox={`0 0 ${minutes} 20`} preserveAspectRatio="none" aria-hidden="true">
        <rect class="reel-rest" width={minutes} height={20} />
        {stops.map((stop, index) => {
          const x = from
          from += stop.minutes
          return <rect key={stop.title} class={`reel-${index % 3}`} x={x} width={stop.minutes - 0.8} height={20} />
        })}
      </svg>
      <ol>
        {stops.map(stop => (
          <li key={stop.title}>
            <b>{stop.title}</b> <span>{stop.minutes}′</span>
          </li>
        ))}
      </ol>
    </figure>
  )
}

export function Code({ text, label }: { text: string; label: string }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section class="code" tabIndex={0} aria-label={label}>
      <pre>
        <code>{text}</code>
      </pre>
    </section>
  )
}
