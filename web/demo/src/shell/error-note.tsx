import { Button } from '@moviesir/ui'
import { errorText } from '../errors.ts'
import { t } from '../i18n/index.ts'

/** An error in the place of what could not be shown. What was entered elsewhere on the page stays. */
export function ErrorNote({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  return (
    <div class="error-note" role="alert">
      <p>{errorText(error)}</p>
      {onRetry && <Button onClick={onRetry}>{t().app.retry}</Button>}
    </div>
  )
}
