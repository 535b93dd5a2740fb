import { ErrorNote, Heading, Link, Waiting } from '@moviesir/ui'
import { useEffect, useRef } from 'preact/hooks'
import { t } from '../../i18n/index.ts'
import { isTraveller, loadMe, me, meError } from '../../session.ts'
import { SignOutButton } from '../account/sign-out.tsx'
import { Devices } from './devices.tsx'
import { NotForMe } from './not-for-me.tsx'
import { Settings } from './settings.tsx'
import { StatisticsView } from './statistics.tsx'
import { Tickets } from './tickets.tsx'
import { Watched } from './watched.tsx'

const tabs = ['watched', 'tickets', 'statistics', 'never', 'settings', 'devices'] as const
type Tab = (typeof tabs)[number]

// What somebody without an account has, too.
const guestTabs: readonly Tab[] = ['watched', 'tickets', 'statistics', 'never']

export function MePage({ tab = 'watched' }: { tab?: string | undefined }) {
  const words = t().me
  const tabRow = useRef<HTMLElement>(null)
  const shown = isTraveller.value ? tabs : guestTabs
  const current = shown.find(name => name === tab) ?? 'watched'
  // On a phone the row is wider than the screen.
  useEffect(
    () => tabRow.current?.querySelector('.is-current')?.scrollIntoView({ block: 'nearest', inline: 'center' }),
    [current, me.value === null],
  )
  if (me.value === null) {
    return meError.value ? (
      <div class="page">
        <Heading>{words.title}</Heading>
        <ErrorNote error={meError.value} onRetry={() => void loadMe()} />
      </div>
    ) : (
      <Waiting />
    )
  }
  const user = me.value.user
  return (
    <div class="page me">
      <div class="result-head">
        <Heading>{user ? words.hello(user.nickname) : words.title}</Heading>
        {user && <SignOutButton />}
      </div>
      {!user && (
        <div class="note guest-note">
          <p>{words.guest}</p>
          <p>
            <Link to="/join" class="button button-main">
              <span>{t().app.join}</span>
            </Link>{' '}
            <Link to="/signin" class="button">
              <span>{t().app.signIn}</span>
            </Link>
          </p>
        </div>
      )}
      <nav class="tabs" aria-label={words.tabs.label} ref={tabRow}>
        {shown.map(name => (
          <Link key={name} to={`/me/${name}`} class={name === current ? 'is-current' : ''}>
            {words.tabs[name]}
          </Link>
        ))}
      </nav>
      <section aria-label={words.tabs[current]}>
        <Part tab={current} />
      </section>
    </div>
  )
}

function Part({ tab }: { tab: Tab }) {
  switch (tab) {
    case 'watched':
      return <Watched />
    case 'tickets':
      return <Tickets />
    case 'statistics':
      return <StatisticsView />
    case 'never':
      return <NotForMe />
    case 'settings':
      return <Settings />
    case 'devices':
      return <Devices />
  }
}
