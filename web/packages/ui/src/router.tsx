import { computed, signal } from '@preact/signals'
import type { ComponentChildren } from 'preact'

const location_ = signal(here())

function here() {
  return { path: window.location.pathname, search: window.location.search }
}

export const path = computed(() => location_.value.path)
export const query = computed(() => new URLSearchParams(location_.value.search))

window.addEventListener('popstate', () => {
  location_.value = here()
})

let hasArrived = false

/** Whether somebody has just come here from another page of the app. The first to ask is told. */
export function takeArrival(): boolean {
  const arrived = hasArrived
  hasArrived = false
  return arrived
}

/** Goes to a page of this app. A new page starts at its top, with the focus on its heading. */
export function navigate(to: string, options: { replace?: boolean } = {}): void {
  const before = window.location.pathname
  if (options.replace) history.replaceState(null, '', to)
  else history.pushState(null, '', to)
  const show = () => {
    hasArrived = window.location.pathname !== before
    location_.value = here()
    if (hasArrived) window.scrollTo(0, 0)
  }
  const isCalm = matchMedia('(prefers-reduced-motion: reduce)').matches
  if (document.startViewTransition && !isCalm && window.location.pathname !== before) document.startViewTransition(show)
  else show()
}

/** Sets or removes one parameter of this page's address. Opening something is a step that "back" undoes; closing it is that step back. */
export function setQuery(name: string, value: string | null): void {
  const parameters = new URLSearchParams(window.location.search)
  if (value === null) parameters.delete(name)
  else parameters.set(name, value)
  const search = parameters.toString()
  navigate(window.location.pathname + (search ? `?${search}` : ''), { replace: value === null })
}

/** Compares a path with a pattern such as `/result/:id`. Returns the values of its parameters, or null. */
export function match(pattern: string, actual: string): Record<string, string> | null {
  const wanted = pattern.split('/')
  const given = actual.replace(/\/+$/, '').split('/')
  if (given.length === 1) given.push('')
  if (wanted.length !== given.length) return null
  const values: Record<string, string> = {}
  for (const [index, part] of wanted.entries()) {
    const value = given[index] ?? ''
    if (part.startsWith(':') && value !== '') values[part.slice(1)] = decodeURIComponent(value)
    else if (part !== value) return null
  }
  return values
}

interface LinkProps {
  to: string
  children?: ComponentChildren
  class?: string
  'aria-label'?: string
  /** For a picture beside the same link in words: the mouse's alone. */
  isRepeated?: boolean
}

/** A link to a page of this app. */
export function Link({ to, children, isRepeated = false, ...rest }: LinkProps) {
  const follow = (event: MouseEvent) => {
    if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return
    event.preventDefault()
    navigate(to)
  }
  // A page below the link's is in its part of the app.
  const isBelow = to !== '/' && path.value.startsWith(`${to}/`)
  const current = path.value === to ? { 'aria-current': 'page' as const } : isBelow ? { 'aria-current': true as const } : {}
  return (
    <a href={to} onClick={follow} {...current} {...rest} {...(isRepeated && { 'aria-hidden': true, tabIndex: -1 })}>
      {children}
    </a>
  )
}
