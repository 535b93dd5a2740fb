/** @jsxImportSource preact */
import { Frame, Reel } from './parts.tsx'
import type { Words } from './words.ts'

// A real answer: docs/transcripts/1-taste.md, the first one.
const sampleMinutes = 180
const sample = [
  [
    { title: 'Identity', minutes: 90 },
    { title: 'Dead Man’s Shoes', minutes: 90 },
  ],
  [{ title: 'Once Upon a Time in the West', minutes: 175 }],
]

export function Landing({ words, other }: { words: Words; other: string }) {
  const { landing } = words
  return (
    <Frame
      words={words}
      other={other}
      links={[
        ['/app', words.toApp],
        ['/api', words.toApi],
      ]}
    >
      <section class="hero">
        <div>
          <h1>{landing.hero}</h1>
          <p class="lead">{landing.lead}</p>
          <p class="acts">
            <a class="button button-main" href="/app">
              {landing.start}
            </a>
            <span>{landing.startNote}</span>
          </p>
        </div>
        <div class="ticket">
          <h2>{landing.sample}</h2>
          {sample.map((stops, track) => (
            <Reel key={landing.tracks[track]} label={landing.tracks[track]!} stops={stops} minutes={sampleMinutes} />
          ))}
          <p class="hint">{landing.sampleNote}</p>
        </div>
      </section>
      <Points title={landing.whyTitle} points={landing.why} />
      <section class="band">
        <h2>{landing.stepsTitle}</h2>
        <ol class="stops">
          {landing.steps.map(([title, text]) => (
            <li key={title}>
              <h3>{title}</h3>
              <p>{text}</p>
            </li>
          ))}
        </ol>
      </section>
      <section class="band">
        <h2>{landing.faqTitle}</h2>
        {landing.faq.map(([question, answer]) => (
          <details key={question}>
            <summary>{question}</summary>
            <p>{answer}</p>
          </details>
        ))}
      </section>
      <section class="band call">
        <h2>{landing.partnersTitle}</h2>
        <p>{landing.partners}</p>
        <p class="acts">
          <a class="button" href="/api">
            {words.toApi}
          </a>
          <a class="button" href="/console">
            {words.toConsole}
          </a>
        </p>
      </section>
    </Frame>
  )
}

export function Points({ title, points }: { title: string; points: string[][] }) {
  return (
    <section class="band">
      <h2>{title}</h2>
      <ul class="points">
        {points.map(([name, text]) => (
          <li key={name}>
            <h3>{name}</h3>
            <p>{text}</p>
          </li>
        ))}
      </ul>
    </section>
  )
}
