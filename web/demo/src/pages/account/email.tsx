import { mypage } from '@moviesir/api-client'
import { ErrorNote, Heading, Link, useLoad, useToken, Waiting } from '@moviesir/ui'
import { t } from '../../i18n/index.ts'
import { loadMe } from '../../session.ts'
import { Conductor } from '../../shell/conductor.tsx'

/** Where the mail to a new address leads: it confirms the address. */
export function ConfirmEmail() {
  const words = t().account
  const token = useToken()
  const done = useLoad(async () => {
    if (!token) return false
    await mypage.confirmEmail(token)
    await loadMe()
    return true
  }, token)
  if (done.isLoading) return <Waiting />
  const isInvalid = done.data === false || (done.error as { code?: string } | null)?.code === 'LINK_INVALID'
  return (
    <div class="station">
      <Conductor mood={done.data ? 'glad' : 'sorry'} />
      <Heading>{words.emailTitle}</Heading>
      {done.data ? (
        <p>{words.emailDone}</p>
      ) : isInvalid ? (
        <p>{words.linkInvalid}</p>
      ) : (
        <ErrorNote error={done.error} onRetry={done.reload} />
      )}
      <Link to="/me/settings" class="button button-main">
        <span>{t().app.me}</span>
      </Link>
    </div>
  )
}
