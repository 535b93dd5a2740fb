import { call } from '@moviesir/api-client'
import { Choice, duration, Field, Heading, language, Segments, useLoad } from '@moviesir/ui'
import { useId, useState } from 'preact/hooks'
import { t } from '../../i18n/index.ts'
import { newestSecret } from '../../session.ts'
import { Form, useSubmit } from '../account/form.tsx'
import { apiAddress } from '../api-address.ts'
import { CopyCode } from '../copy-code.tsx'
import { milliseconds } from '../figures.ts'
import { type Answer, ask, type Request } from './ask.ts'
import { Drawn } from './drawn.tsx'
import { type SampleLanguage, sampleLanguages, samples } from './samples.ts'

const shortest = 20
const longest = 720

/** Runs `/v1/recommend` from this page, as a partner's server would, and draws what it answers. */
export function Playground() {
  const words = t().playground
  const [secret, setSecret] = useState(newestSecret.value)
  const [minutes, setMinutes] = useState(180)
  const [genres, setGenres] = useState<string[]>([])
  const [allowsAdult, setAllowsAdult] = useState(false)
  const [answer, setAnswer] = useState<Answer | null>(null)
  const request: Request = {
    available_time: minutes,
    ...(genres.length && { preferred_genres: genres }),
    ...(allowsAdult && { allow_adult: true }),
  }
  const action = useSubmit(async () => setAnswer(await ask(secret.trim(), request)))
  return (
    <div class="page">
      <Heading>{words.title}</Heading>
      <p class="lead">{words.lead}</p>
      <div class="playground">
        <section class="card">
          <Form action={action} submit={words.send}>
            <Field
              label={words.key}
              value={secret}
              onValue={setSecret}
              hint={words.keyHint}
              autocomplete="off"
              placeholder="sk-moviesir-…"
              required
            />
            <Minutes value={minutes} onValue={setMinutes} />
            <Genres secret={secret.trim()} chosen={genres} onChosen={setGenres} />
            <label class="check">
              <input type="checkbox" checked={allowsAdult} onChange={event => setAllowsAdult(event.currentTarget.checked)} />
              <span>{words.adult}</span>
            </label>
          </Form>
        </section>
        <section class="card" aria-live="polite">
          <h2>{words.answer}</h2>
          {answer ? <Shown answer={answer} minutes={answer.minutes} /> : <p class="note">{words.noAnswer}</p>}
        </section>
      </div>
      <Code request={request} />
    </div>
  )
}

function Minutes({ value, onValue }: { value: number; onValue: (minutes: number) => void }) {
  const id = useId()
  const words = t().playground
  return (
    <div class="field">
      <label for={id}>
        {words.time} <b>{duration(value)}</b>
      </label>
      <input
        id={id}
        type="range"
        min={shortest}
        max={longest}
        step={5}
        value={value}
        aria-valuetext={duration(value)}
        onInput={event => onValue(event.currentTarget.valueAsNumber)}
      />
    </div>
  )
}

/** Genres are the API's own; without a key that works there are none to show. */
function Genres({ secret, chosen, onChosen }: { secret: string; chosen: string[]; onChosen: (genres: string[]) => void }) {
  const words = t().playground
  const known = useLoad(
    signal =>
      /^sk-moviesir-\w{40,}$/.test(secret)
        ? call<{ data: { genres: { name: string; name_ko: string }[] } }>('GET', '/v1/genres', {
            signal,
            headers: { 'X-API-Key': secret },
          }).then(answer => answer.data.genres)
        : Promise.resolve([]),
    secret,
  )
  if (!known.data?.length) return null
  return (
    <fieldset class="chips">
      <legend>{words.genres}</legend>
      {known.data.map(genre => (
        <Choice
          key={genre.name}
          checked={chosen.includes(genre.name)}
          onChecked={isOn => onChosen(isOn ? [...chosen, genre.name] : chosen.filter(name => name !== genre.name))}
        >
          {language.value === 'ko' ? genre.name_ko : genre.name}
        </Choice>
      ))}
    </fieldset>
  )
}

function Shown({ answer, minutes }: { answer: Answer; minutes: number }) {
  const words = t().playground
  const [look, setLook] = useState<'drawn' | 'json'>('drawn')
  const limit = answer.headers.find(([name]) => name === 'RateLimit')?.[1]
  return (
    <>
      <dl class="facts">
        <div>
          <dt>{words.status}</dt>
          <dd>
            <span class={`status status-${answer.status < 400 ? 'good' : 'bad'}`}>{answer.status}</span>
          </dd>
        </div>
        <div>
          <dt>{words.took}</dt>
          <dd>{milliseconds(answer.tookMs)}</dd>
        </div>
        {answer.body?.meta && (
          <div>
            <dt>{words.left}</dt>
            <dd>{answer.body.meta.remaining_quota}</dd>
          </div>
        )}
        {limit && (
          <div>
            <dt>RateLimit</dt>
            <dd>
              <code>{limit}</code>
            </dd>
          </div>
        )}
      </dl>
      <Segments
        label={words.look}
        value={look}
        onValue={setLook}
        options={[
          { value: 'drawn', label: words.drawn },
          { value: 'json', label: 'JSON' },
        ]}
      />
      {look === 'json' || !answer.body?.data ? (
        <CopyCode text={answer.text} />
      ) : (
        <>
          <Drawn track={answer.body.data.track_a} minutes={minutes} />
          <Drawn track={answer.body.data.track_b} minutes={minutes} />
        </>
      )}
    </>
  )
}

function Code({ request }: { request: Request }) {
  const words = t().playground
  const [chosen, setChosen] = useState<SampleLanguage>('cURL')
  return (
    <section class="card playground-code">
      <h2>{words.code}</h2>
      <p class="hint">{words.codeHint}</p>
      <Segments
        label={words.codeLanguage}
        value={chosen}
        onValue={setChosen}
        options={sampleLanguages.map(name => ({ value: name, label: name }))}
      />
      <CopyCode text={samples[chosen](`${apiAddress()}/v1/recommend`, request)} />
      <p>
        <a href={`${apiAddress()}/redoc`}>{words.reference}</a> · <a href={`${apiAddress()}/swagger`}>Swagger</a>
      </p>
    </section>
  )
}
