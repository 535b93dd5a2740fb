import { Icon, Link } from '@moviesir/ui'
import { t } from '../i18n/index.ts'

/** The main menu of a phone, at the foot. */
export function TabBar() {
  const words = t().app
  return (
    <nav class="tab-bar" aria-label={words.nav}>
      <Link to="/">
        <Icon name="home" />
        <span>{words.home}</span>
      </Link>
      <Link to="/together">
        <Icon name="two" />
        <span>{words.together}</span>
      </Link>
      <Link to="/me">
        <Icon name="person" />
        <span>{words.me}</span>
      </Link>
      <Link to="/help">
        <Icon name="help" />
        <span>{words.help}</span>
      </Link>
    </nav>
  )
}
