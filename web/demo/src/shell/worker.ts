import { signal } from '@preact/signals'

/** A new version of the app is there and waits. */
export const updateReady = signal(false)

let waiting: ServiceWorker | null = null

/** The service worker keeps the shell for offline; a new one takes over only when the person says so. */
export function registerWorker(): void {
  if (!('serviceWorker' in navigator) || import.meta.env.DEV) return
  navigator.serviceWorker.register('/sw.js').then((registration: ServiceWorkerRegistration | undefined) => {
    if (!registration) return // what blocks workers may answer so
    const note = (worker: ServiceWorker | null) => {
      if (!worker || !navigator.serviceWorker.controller) return
      waiting = worker
      updateReady.value = true
    }
    note(registration.waiting)
    registration.addEventListener('updatefound', () => {
      const worker = registration.installing
      worker?.addEventListener('statechange', () => {
        if (worker.state === 'installed') note(worker)
      })
    })
  }, console.error) // without it the app works online only
}

export function takeUpdate(): void {
  navigator.serviceWorker.addEventListener('controllerchange', () => location.reload(), { once: true })
  waiting?.postMessage('take over')
}
