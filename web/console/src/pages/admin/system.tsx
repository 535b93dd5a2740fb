import { admin } from '@moviesir/api-client/console'
import { Heading, numberText, Pending, useLoad } from '@moviesir/ui'
import { t } from '../../i18n/index.ts'
import { momentText } from '../charts.tsx'

export function System() {
  const words = t().admin
  const models = useLoad(signal => admin.models(signal), null)
  const imports = useLoad(signal => admin.imports(signal), null)
  return (
    <div class="page">
      <Heading>{t().app.adminPages.system}</Heading>
      <section class="card">
        <h2>{words.models}</h2>
        <p class="hint">{words.modelsHint}</p>
        <Pending of={models} />
        <ul class="rule-list">
          {models.data?.models.map(model => (
            <li key={model.version}>
              <span>
                <code>{model.version}</code> <small>{momentText(model.created_at, { year: 'numeric' })}</small>
              </span>
              {model.is_published && <span class="status status-good">{words.published}</span>}
            </li>
          ))}
        </ul>
      </section>
      <section class="card">
        <h2>{words.imports}</h2>
        <Pending of={imports} />
        <ul class="rule-list">
          {imports.data?.imports.map(run => (
            <li key={run.import_id}>
              <span>
                {run.source} <small>{momentText(run.started_at, { year: 'numeric' })}</small>
              </span>
              <small>{words.imported(numberText(run.movies), numberText(run.ratings))}</small>
              <span class={`status status-${run.state === 'completed' ? 'good' : 'warn'}`}>{run.state}</span>
            </li>
          ))}
        </ul>
      </section>
    </div>
  )
}
