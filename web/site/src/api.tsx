/** @jsxImportSource preact */
import { Points } from './landing.tsx'
import { calls, plans } from './openapi.ts'
import { Code, Frame } from './parts.tsx'
import type { Words } from './words.ts'

const address = 'https://api.moviesir.cloud'

/** A call as curl, from its example in the OpenAPI document. */
export function curlOf(path: string): string {
  const call = calls.find(candidate => candidate.path === path)
  if (!call?.example) throw new Error(`The OpenAPI document has no example of ${path}.`)
  return `curl ${address}${path} \\\n  -H "X-API-Key: $MOVIESIR_KEY" \\\n  -H 'Content-Type: application/json' \\\n  -d '${JSON.stringify(JSON.parse(call.example))}'`
}

interface PageProps {
  words: Words
  other: string
  /** Of this language's pages. */
  folder: string
}

export function ApiIntroduction({ words, other, folder }: PageProps) {
  const { api } = words
  return (
    <Frame
      words={words}
      other={other}
      links={[
        [`${folder}docs`, api.docs],
        ['/console', words.toConsole],
      ]}
    >
      <section class="hero">
        <div>
          <h1>{api.hero}</h1>
          <p class="lead">{api.lead}</p>
          <p class="acts">
            <a class="button button-main" href="/console">
              {api.key}
            </a>
            <a class="button" href={`${folder}docs`}>
              {api.docs}
            </a>
          </p>
        </div>
        <div class="ticket">
          <h2>{api.call}</h2>
          <Code text={curlOf('/v1/recommend')} label={api.call} />
        </div>
      </section>
      <Points title={api.usesTitle} points={api.uses} />
      <section class="band">
        <h2>{api.plansTitle}</h2>
        <p>{api.plansLead}</p>
        <Plans words={words} />
        <p class="hint">{api.more}</p>
      </section>
    </Frame>
  )
}

export function Plans({ words }: { words: Words }) {
  const { api } = words
  const number = new Intl.NumberFormat(words.language)
  return (
    <table>
      <thead>
        <tr>
          <th scope="col">{api.plan}</th>
          <th scope="col">{api.perDay}</th>
          <th scope="col">{api.perSecond}</th>
        </tr>
      </thead>
      <tbody>
        {plans.map(plan => (
          <tr key={plan.plan}>
            <th scope="row">{plan.plan}</th>
            <td>{number.format(plan.calls_per_day)}</td>
            <td>{number.format(plan.calls_per_second)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
