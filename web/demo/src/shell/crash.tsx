import { Button } from '@moviesir/ui'
import { t } from '../i18n/index.ts'
import { Conductor } from './conductor.tsx'

export function Crash() {
  return (
    <main class="station">
      <Conductor mood="sorry" />
      <h1>{t().errors.title}</h1>
      <p>{t().errors.crashed}</p>
      <Button look="main" onClick={() => location.reload()}>
        {t().errors.reload}
      </Button>
    </main>
  )
}
