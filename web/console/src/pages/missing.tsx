import { Heading, Link } from '@moviesir/ui'
import { t } from '../i18n/index.ts'

export function Missing() {
  return (
    <div class="empty">
      <Heading>{t().missing.title}</Heading>
      <p>{t().missing.text}</p>
      <Link to="/" class="button button-main">
        <span>{t().app.pages.dashboard}</span>
      </Link>
    </div>
  )
}
