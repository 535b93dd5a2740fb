import { Heading, Link } from '@moviesir/ui'
import { t } from '../i18n/index.ts'
import { Conductor } from '../shell/conductor.tsx'

export function Missing() {
  const words = t().missing
  return (
    <div class="station">
      <Conductor mood="sorry" />
      <Heading>{words.title}</Heading>
      <p>{words.text}</p>
      <Link to="/" class="button button-main">
        <span>{t().app.home}</span>
      </Link>
    </div>
  )
}
