/** @jsxImportSource preact */
import { curlOf, Plans } from './api.tsx'
import { type Call, calls } from './openapi.ts'
import { Code, Frame } from './parts.tsx'
import type { Words } from './words.ts'

interface PageProps {
  words: Words
  other: string
  folder: string
}

const anchorOf = (call: Call): string => `${call.method}${call.path}`.toLowerCase().replace(/[^a-z0-9]+/g, '-')

export function Documentation({ words, other, folder }: PageProps) {
  const { docs } = words
  return (
    <Frame
      words={words}
      other={other}
      links={[
        [folder, words.toApi],
        ['/console', words.toConsole],
      ]}
    >
      <div class="docs">
        <nav class="docs-nav" aria-label={docs.contents}>
          <a href="#quickstart">{docs.quickstart}</a>
          <a href="#limits">{docs.limits}</a>
          <a href="#errors">{docs.errors}</a>
          {calls.map(call => (
            <a key={anchorOf(call)} href={`#${anchorOf(call)}`}>
              <code>{call.path}</code>
            </a>
          ))}
        </nav>
        <div class="docs-body">
          <h1>{docs.title}</h1>
          <p class="lead">{docs.lead}</p>
          <section>
            <h2 id="quickstart">{docs.quickstart}</h2>
            <ol class="numbered">
              {docs.quickSteps.map(step => (
                <li key={step}>{step}</li>
              ))}
            </ol>
            <Code text={curlOf('/v1/recommend')} label={docs.quickstart} />
          </section>
          <section>
            <h2 id="limits">{docs.limits}</h2>
            <p>{words.api.plansLead}</p>
            <Plans words={words} />
          </section>
          <section>
            <h2 id="errors">{docs.errors}</h2>
            <p>{docs.errorsLead}</p>
            <p class="hint">{docs.source}</p>
            <Errors words={words} />
          </section>
          <h2>{docs.calls}</h2>
          {calls.map(call => (
            <CallSection key={anchorOf(call)} call={call} words={words} />
          ))}
          <section>
            <h2>{docs.also}</h2>
            <p>
              <a href="/openapi.json">OpenAPI</a> · <a href="/swagger">Swagger</a> · <a href="/redoc">ReDoc</a>
            </p>
          </section>
        </div>
      </div>
    </Frame>
  )
}

/** Every status that any call answers with, once, as the call tells of it that has most to tell. */
function Errors({ words }: { words: Words }) {
  const byLength = calls.flatMap(call => call.errors).sort(([, one], [, two]) => one.length - two.length)
  const meanings = new Map(byLength)
  return (
    <table>
      <thead>
        <tr>
          <th scope="col">{words.docs.status}</th>
          <th scope="col">{words.docs.meaning}</th>
        </tr>
      </thead>
      <tbody>
        {[...meanings]
          .sort(([one], [two]) => one.localeCompare(two))
          .map(([status, meaning]) => (
            <tr key={status}>
              <th scope="row">{status}</th>
              <td lang="en">
                <Text text={meaning} />
              </td>
            </tr>
          ))}
      </tbody>
    </table>
  )
}

function CallSection({ call, words }: { call: Call; words: Words }) {
  const { docs } = words
  return (
    <section>
      <h3 id={anchorOf(call)}>
        <code>
          {call.method} {call.path}
        </code>
      </h3>
      <p lang="en">
        <Text text={`${call.summary}. ${call.description}`} />
      </p>
      {call.inputs.length > 0 && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
        <section class="wide" tabIndex={0} aria-label={`${call.path}: ${docs.field}`}>
          <table>
            <thead>
              <tr>
                <th scope="col">{docs.field}</th>
                <th scope="col">{docs.type}</th>
                <th scope="col">{docs.bounds}</th>
                <th scope="col">{docs.meaning}</th>
              </tr>
            </thead>
            <tbody>
              {call.inputs.map(input => (
                <tr key={input.name}>
                  <th scope="row">
                    <code>{input.name}</code>
                    {input.isRequired && <small> {docs.required}</small>}
                  </th>
                  <td>{input.type}</td>
                  <td>{input.bounds}</td>
                  <td lang="en">
                    <Text text={input.description} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
      {call.example && (
        <details>
          <summary>{docs.request}</summary>
          <Code text={call.example} label={`${docs.request}: ${call.path}`} />
        </details>
      )}
      {call.answer && (
        <details>
          <summary>{docs.answer}</summary>
          <Code text={call.answer} label={`${docs.answer}: ${call.path}`} />
        </details>
      )}
    </section>
  )
}

/** The document's text, whose code stands between backticks. */
function Text({ text }: { text: string }) {
  return <>{text.split('`').map((part, index) => (index % 2 === 1 ? <code key={index}>{part}</code> : part))}</>
}
