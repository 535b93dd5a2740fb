import { t } from '../i18n/index.ts'

export function Waiting() {
  return (
    <div class="waiting" role="status">
      <span class="hidden">{t().app.loading}</span>
      <span class="waiting-track" aria-hidden="true" />
    </div>
  )
}
