import { Heading } from '@moviesir/ui'
import { t } from '../i18n/index.ts'
import { Conductor } from '../shell/conductor.tsx'

export function Help() {
  const words = t().help
  return (
    <div class="page narrow">
      <div class="page-head">
        <Heading>{words.title}</Heading>
        <Conductor />
      </div>
      <ol class="line-stops">
        {words.steps.map(([title, text]) => (
          <li key={title}>
            <h2>{title}</h2>
            <p>{text}</p>
          </li>
        ))}
      </ol>
    </div>
  )
}
