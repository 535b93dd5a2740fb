import { Crash, later, match, path, query, Toasts } from '@moviesir/ui'
import { useErrorBoundary } from 'preact/hooks'
import { t } from './i18n/index.ts'
import { Home } from './pages/home/home.tsx'
import { Missing } from './pages/missing.tsx'
import { MovieDialog } from './pages/movie/movie-dialog.tsx'
import { Result } from './pages/result/result.tsx'
import { SharedTicket } from './pages/shared-ticket.tsx'
import { Conductor } from './shell/conductor.tsx'
import { Banner, Footer } from './shell/footer.tsx'
import { Header } from './shell/header.tsx'
import { TabBar } from './shell/tab-bar.tsx'

const mine = later(async () => (await import('./pages/me/me.tsx')).MePage)

const routes: [pattern: string, page: (parameters: Record<string, string>) => preact.JSX.Element][] = [
  ['/', () => <Home />],
  ['/result/:id', ({ id }) => <Result key={id} id={id!} />],
  ['/plan/:id', ({ id }) => <SharedTicket key={id} id={id!} />],
  ['/help', later(async () => (await import('./pages/help.tsx')).Help)],
  ['/welcome', later(async () => (await import('./pages/welcome.tsx')).Welcome)],
  ['/signin', later(async () => (await import('./pages/account/sign-in.tsx')).SignIn)],
  ['/join', later(async () => (await import('./pages/account/join.tsx')).Join)],
  ['/reset', later(async () => (await import('./pages/account/reset.tsx')).Reset)],
  ['/email', later(async () => (await import('./pages/account/email.tsx')).ConfirmEmail)],
  ['/together', later(async () => (await import('./pages/together/together.tsx')).Together)],
  ['/together/:id', later(async () => (await import('./pages/together/group.tsx')).Group)],
  ['/me', mine],
  ['/me/:tab', mine],
]

export function App() {
  const [error] = useErrorBoundary(console.error)
  if (error) {
    return (
      <Crash>
        <Conductor mood="sorry" />
      </Crash>
    )
  }
  return (
    <>
      <a class="skip" href="#content">
        {t().app.skip}
      </a>
      <Header />
      <Banner />
      <main id="content" tabIndex={-1}>
        <Page />
      </main>
      <Footer />
      <TabBar />
      <MovieDialogOfQuery />
      <Toasts />
    </>
  )
}

function Page() {
  for (const [pattern, page] of routes) {
    const parameters = match(pattern, path.value)
    if (parameters) return page(parameters)
  }
  return <Missing />
}

/** Details open over any page, by its query: they have an address, and "back" closes them. */
function MovieDialogOfQuery() {
  const id = Number(query.value.get('movie'))
  return Number.isSafeInteger(id) && id > 0 ? <MovieDialog key={id} id={id} /> : null
}
