import { ApiError } from '@moviesir/api-client'
import { Icon, type IconName, Link, numberText } from '@moviesir/ui'
import type { ComponentChildren } from 'preact'
import { useEffect } from 'preact/hooks'
import { t } from '../i18n/index.ts'
import { Overview, useOverview, useOverviewLoad } from '../overview.ts'
import { forgetMe, signedIn } from '../session.ts'
import { TopBar } from './top-bar.tsx'

export type PageName = 'dashboard' | 'keys' | 'usage' | 'quality' | 'logs' | 'playground' | 'rules' | 'members' | 'settings'
export type AdminPageName = 'companies' | 'travellers' | 'system'

export const mainPages: { name: PageName; to: string; icon: IconName }[] = [
  { name: 'dashboard', to: '/', icon: 'home' },
  { name: 'keys', to: '/keys', icon: 'lock' },
  { name: 'logs', to: '/logs', icon: 'search' },
  { name: 'playground', to: '/playground', icon: 'clock' },
  { name: 'usage', to: '/usage', icon: 'up' },
  { name: 'quality', to: '/quality', icon: 'good' },
  { name: 'rules', to: '/rules', icon: 'never' },
  { name: 'members', to: '/members', icon: 'two' },
  { name: 'settings', to: '/settings', icon: 'person' },
]

export const adminPages: { name: AdminPageName; to: string; icon: IconName }[] = [
  { name: 'companies', to: '/admin/companies', icon: 'calendar' },
  { name: 'travellers', to: '/admin/travellers', icon: 'person' },
  { name: 'system', to: '/admin/system', icon: 'more' },
]

/** What a phone shows at its foot; the rest stands behind the last of them. */
const onPhones = 4

export function Frame({ children }: { children: ComponentChildren }) {
  const words = t().app
  const { member, company } = signedIn()
  const overview = useOverviewLoad()
  return (
    <Overview.Provider value={overview}>
      <TopBar />
      <div class="frame">
        <aside class="side">
          <div class="side-company">
            <b>{company.name}</b>
            <small>{member.email}</small>
          </div>
          <Quota />
          <nav aria-label={words.nav}>
            {mainPages.map(page => (
              <Link key={page.name} to={page.to}>
                <Icon name={page.icon} />
                <span>{words.pages[page.name]}</span>
              </Link>
            ))}
            {member.is_administrator && (
              <>
                <p class="side-title">{words.administration}</p>
                {adminPages.map(page => (
                  <Link key={page.name} to={page.to}>
                    <Icon name={page.icon} />
                    <span>{words.adminPages[page.name]}</span>
                  </Link>
                ))}
              </>
            )}
          </nav>
        </aside>
        <main id="content" tabIndex={-1} class="content">
          {children}
        </main>
      </div>
      <nav class="tab-bar" aria-label={words.nav}>
        {mainPages.slice(0, onPhones).map(page => (
          <Link key={page.name} to={page.to}>
            <Icon name={page.icon} />
            <span>{words.pages[page.name]}</span>
          </Link>
        ))}
        <Link to="/more">
          <Icon name="more" />
          <span>{words.more}</span>
        </Link>
      </nav>
    </Overview.Provider>
  )
}

/** The company's calls of today against its plan's. */
function Quota() {
  const words = t().app
  const { data, error } = useOverview()
  const hasEnded = error instanceof ApiError && error.status === 401
  useEffect(() => {
    if (hasEnded) forgetMe()
  }, [hasEnded])
  if (!data) return null
  const { plan, today, daily_limit: limit, remaining } = data
  return (
    <div class="quota">
      <p>
        <b>{t().plans[plan]}</b>
        <span>{words.callsToday(numberText(today.charged), numberText(limit))}</span>
      </p>
      <meter min={0} max={limit} high={limit * 0.8} optimum={0} value={limit - remaining} aria-label={words.quota} />
    </div>
  )
}
