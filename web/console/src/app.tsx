import { Crash, ErrorNote, later, match, path, Toasts, Waiting } from '@moviesir/ui'
import type { JSX } from 'preact'
import { useErrorBoundary } from 'preact/hooks'
import { t } from './i18n/index.ts'
import { Accept } from './pages/account/accept.tsx'
import { CameToNothing, NameCompany } from './pages/account/external.tsx'
import { Forgot, Reset } from './pages/account/reset.tsx'
import { SignIn } from './pages/account/sign-in.tsx'
import { SignUp } from './pages/account/sign-up.tsx'
import { Dashboard } from './pages/dashboard.tsx'
import { Missing } from './pages/missing.tsx'
import { loadMe, me, meError } from './session.ts'
import { Frame } from './shell/frame.tsx'
import { SignedOut } from './shell/signed-out.tsx'
import { TopBar } from './shell/top-bar.tsx'

type Page = (parameters: Record<string, string>) => JSX.Element

/** Pages that need no sign-in. */
const open: [pattern: string, page: Page][] = [
  ['/sign-up', () => <SignUp />],
  ['/sign-up/company', () => <NameCompany />],
  ['/oauth', () => <CameToNothing />],
  ['/forgot', () => <Forgot />],
  ['/reset', () => <Reset />],
  ['/invitation', () => <Accept />],
]

const pages: [pattern: string, page: Page][] = [
  ['/', () => <Dashboard />],
  ['/keys', later(async () => (await import('./pages/keys/keys.tsx')).Keys)],
  ['/usage', later(async () => (await import('./pages/usage.tsx')).Usage)],
  ['/quality', later(async () => (await import('./pages/quality.tsx')).Quality)],
  ['/logs', later(async () => (await import('./pages/logs/logs.tsx')).Logs)],
  ['/playground', later(async () => (await import('./pages/playground/playground.tsx')).Playground)],
  ['/rules', later(async () => (await import('./pages/rules.tsx')).Rules)],
  ['/members', later(async () => (await import('./pages/members.tsx')).Members)],
  ['/settings', later(async () => (await import('./pages/settings.tsx')).Settings)],
  ['/more', later(async () => (await import('./pages/more.tsx')).More)],
]

const adminPages: [pattern: string, page: Page][] = [
  ['/admin/companies', later(async () => (await import('./pages/admin/companies.tsx')).Companies)],
  ['/admin/travellers', later(async () => (await import('./pages/admin/travellers.tsx')).Travellers)],
  ['/admin/system', later(async () => (await import('./pages/admin/system.tsx')).System)],
]

export function App() {
  const [error] = useErrorBoundary(console.error)
  if (error) return <Crash />
  return (
    <>
      <a class="skip" href="#content">
        {t().app.skip}
      </a>
      <Site />
      <Toasts />
    </>
  )
}

function Site() {
  const openPage = find(open)
  if (openPage) return <SignedOut>{openPage}</SignedOut>
  if (me.value === null) {
    return (
      <>
        <TopBar />
        <main id="content" tabIndex={-1} class="page">
          {meError.value ? <ErrorNote error={meError.value} onRetry={() => void loadMe()} /> : <Waiting />}
        </main>
      </>
    )
  }
  if (me.value === 'nobody') {
    return (
      <SignedOut>
        <SignIn />
      </SignedOut>
    )
  }
  const isAdministrator = me.value.member.is_administrator
  return <Frame>{find(isAdministrator ? [...pages, ...adminPages] : pages) ?? <Missing />}</Frame>
}

function find(routes: [pattern: string, page: Page][]): JSX.Element | null {
  for (const [pattern, page] of routes) {
    const parameters = match(pattern, path.value)
    if (parameters) return page(parameters)
  }
  return null
}
