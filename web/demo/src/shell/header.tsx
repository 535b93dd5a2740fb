import { users } from '@moviesir/api-client'
import { LanguageButton, Link, language, Mark, ThemeButton } from '@moviesir/ui'
import { t } from '../i18n/index.ts'
import { isTraveller, me } from '../session.ts'

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
        <LanguageButton onChange={keepLanguage} />
        {me.value && !isTraveller.value && (
          <div class="header-account">
            <Link to="/signin">{words.signIn}</Link>
            <Link to="/join">{words.join}</Link>
          </div>
        )}
        <ThemeButton />
      </div>
    </header>
  )
}

/** Mails go by it; this page has it already. */
function keepLanguage(): void {
  if (me.value && me.value.kind !== 'nobody') users.change({ language: language.value }).catch(console.error)
}
