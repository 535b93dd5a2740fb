import { me as meCalls } from '@moviesir/api-client/console'
import { LanguageButton, Link, language, Mark, ThemeButton } from '@moviesir/ui'
import { t } from '../i18n/index.ts'
import { me } from '../session.ts'

/** The head of every page. */
export function TopBar() {
  const words = t().app
  return (
    <header class="top-bar">
      <Link to="/" class="brand" aria-label={`${words.name}, ${words.pages.dashboard}`}>
        <Mark />
        <span>MovieSir</span> <small>{words.console}</small>
      </Link>
      <div class="top-bar-tools">
        <LanguageButton onChange={keepLanguage} />
        <ThemeButton />
      </div>
    </header>
  )
}

/** Mails go by it. This page has it already, so a failure is the console's matter only. */
function keepLanguage(): void {
  if (me.value && me.value !== 'nobody') meCalls.change(language.value).catch(console.error)
}
