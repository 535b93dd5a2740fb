import type { ComponentChildren } from 'preact'
import { TopBar } from './top-bar.tsx'

/** The frame of pages for who is not signed in. */
export function SignedOut({ children }: { children: ComponentChildren }) {
  return (
    <>
      <TopBar />
      <main id="content" tabIndex={-1} class="gate">
        {children}
      </main>
    </>
  )
}
