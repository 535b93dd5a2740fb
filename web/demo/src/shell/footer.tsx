import { Button } from '@moviesir/ui'
import { t } from '../i18n/index.ts'
import { isOffline } from './connection.ts'
import { takeUpdate, updateReady } from './worker.ts'

export function Footer() {
  return (
    <footer class="footer">
      <p>{t().app.credit}</p>
    </footer>
  )
}

/** What concerns the whole app: no connection, a new version. */
export function Banner() {
  const words = t().app
  return (
    <div role="status">
      {isOffline.value && <p class="banner">{words.offline}</p>}
      {updateReady.value && (
        <p class="banner">
          {words.update}{' '}
          <Button look="quiet" onClick={takeUpdate}>
            {words.updateNow}
          </Button>
        </p>
      )}
    </div>
  )
}
