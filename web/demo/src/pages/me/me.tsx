import { Link } from '@moviesir/ui'
import { t } from '../../i18n/index.ts'
import { loadMe, me, meError } from '../../session.ts'
import { ErrorNote } from '../../shell/error-note.tsx'
import { Heading } from '../../shell/heading.tsx'
import { Waiting } from '../../shell/waiting.tsx'
import { Tickets } from './tickets.tsx'

export function MePage() {
  const words = t().me
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
  return (
    <div class="page me">
      <div class="result-head">
        <Heading>{words.title}</Heading>
        <Link to="/welcome" class="button">
          <span>{t().welcome.reminderGo}</span>
        </Link>
      </div>
      <Tickets />
    </div>
  )
}
