import { type Signal, signal } from '@preact/signals'

/** Reads what this browser keeps under a name. A browser that keeps nothing (private mode, full disk) is one that has nothing. */
export function readStored<T>(name: string, fallback: T): T {
  try {
    const text = localStorage.getItem(name)
    return text === null ? fallback : (JSON.parse(text) as T)
  } catch {
    return fallback
  }
}

/** Returns whether it is kept. */
export function writeStored(name: string, value: unknown): boolean {
  try {
    if (value === null || value === undefined) localStorage.removeItem(name)
    else localStorage.setItem(name, JSON.stringify(value))
    return true
  } catch {
    return false
  }
}

/** A signal whose value this browser keeps. */
export function stored<T>(name: string, fallback: T): Signal<T> {
  const value = signal(readStored(name, fallback))
  let first = true
  value.subscribe(next => {
    if (!first) writeStored(name, next)
    first = false
  })
  return value
}
