import { users } from '@moviesir/api-client'
import { cycleTheme, IconButton, type IconName, Link, theme } from '@moviesir/ui'
import { t } from '../i18n/index.ts'
import { language } from '../i18n/language.ts'
import { isTraveller, me } from '../session.ts'
import { Mark } from './logo.tsx'

const themeIcons: Record<typeof theme.value, IconName> = { system: 'system', light: 'sun', dark: 'moon' }

export function Header() {
  const words = t().app
  return (
    <header class="header">
      <Link to="/" class="brand" aria-label={`${words.name}, ${words.home}`}>
        <Mark />
        <span>{words.name}</span>
      </Link>
      <nav class="header-nav" aria-label={words.nav}>
        <Link to="/together">{words.together}</Link>
        <Link to="/me">{words.me}</Link>
        <Link to="/help">{words.help}</Link>
      </nav>
      <div class="header-tools">
        <button
          type="button"
          class="language"
          lang={language.value === 'ko' ? 'en' : 'ko'}
          aria-label={words.languageLabel}
          onClick={switchLanguage}
        >
          {words.language}
        </button>
        {me.value && !isTraveller.value && (
          <div class="header-account">
            <Link to="/signin">{words.signIn}</Link>
            <Link to="/join">{words.join}</Link>
          </div>
        )}
        <IconButton icon={themeIcons[theme.value]} label={words.theme[theme.value]} onClick={cycleTheme} />
      </div>
    </header>
  )
}

function switchLanguage(): void {
  const chosen = language.value === 'ko' ? 'en' : 'ko'
  language.value = chosen
  if (me.value && me.value.kind !== 'nobody') users.change({ language: chosen }).catch(console.error) // mails go by it; this page has it already
}
