// The one service worker. It keeps the app's own files and nothing that the API answers.
declare const self: ServiceWorkerGlobalScope
/** Of the build: the files of the shell, and a name for this set of them. */
declare const SHELL: { version: string; files: string[] }

const cacheName = `shell-${SHELL.version}`

self.addEventListener('install', event => {
  event.waitUntil(
    caches
      .open(cacheName)
      .then(cache =>
        cache.addAll(SHELL.files.map(file => new Request(file, { cache: file.startsWith('/assets/') ? 'default' : 'reload' }))),
      ),
  )
})

self.addEventListener('activate', event => {
  const clean = async () => {
    for (const name of await caches.keys()) if (name !== cacheName) await caches.delete(name)
    await self.clients.claim()
  }
  event.waitUntil(clean())
})

self.addEventListener('message', event => {
  if (event.data === 'take over') void self.skipWaiting()
})

self.addEventListener('fetch', event => {
  const url = new URL(event.request.url)
  if (event.request.method !== 'GET' || url.origin !== location.origin) return
  if (event.request.mode === 'navigate') {
    if (!isPage(url.pathname)) return
    event.respondWith(
      fetch(event.request).catch(async () => (await caches.match('/index.html', { cacheName })) ?? Response.error()),
    )
  } else if (SHELL.files.includes(url.pathname)) {
    event.respondWith(caches.match(url.pathname, { cacheName }).then(kept => kept ?? fetch(event.request)))
  }
})

/** Whether the app draws it; the rest is the API's, and no business of ours. */
function isPage(path: string): boolean {
  return !/^\/(auth|registration|onboarding|recommendation|movies|users|mypage|api|s)(\/|$)/.test(path)
}

export {}
