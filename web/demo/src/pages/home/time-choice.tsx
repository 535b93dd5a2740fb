import { duration, Field, Numerals, Segments } from '@moviesir/ui'
import { useState } from 'preact/hooks'
import { t } from '../../i18n/index.ts'
import { ask, setAsk } from '../../ticket/ask.ts'
import { daysBetween, figures } from '../../time/format.ts'
import { maximumMinutes, minimumMinutes, parseTime } from '../../time/parse.ts'
import { Ruler } from './ruler.tsx'

const presets = [
  ['lunch', 60],
  ['ktx', 160],
  ['tokyo', 150],
  ['evening', 200],
  ['la', 660],
  ['day', 1440],
] as const

export function TimeChoice({ now, minutes }: { now: Date; minutes: number }) {
  const words = t().home
  const asked = ask.value
  return (
    <section class="time-choice" aria-label={words.ruler}>
      <Segments
        label={words.modes.label}
        value={asked.mode}
        options={[
          { value: 'duration', label: words.modes.duration },
          { value: 'until', label: words.modes.until },
        ]}
        onValue={mode => setAsk({ mode })}
      />
      <p class="time-shown" aria-live="off">
        <Numerals text={figures(minutes)} />
        <span>{duration(minutes)}</span>
      </p>
      {asked.mode === 'duration' ? (
        <>
          <Ruler minutes={asked.minutes} onMinutes={value => setAsk({ minutes: value })} />
          <fieldset class="presets">
            <legend class="hidden">{words.presets}</legend>
            {presets.map(([name, value]) => (
              <button
                key={name}
                type="button"
                class="preset"
                aria-pressed={asked.minutes === value}
                onClick={() => setAsk({ minutes: value })}
              >
                {words.presetNames[name]} <small>{figures(value)}</small>
              </button>
            ))}
          </fieldset>
        </>
      ) : (
        <Until now={now} minutes={minutes} />
      )}
      <TypedTime />
      <Breaks />
    </section>
  )
}

function Until({ now, minutes }: { now: Date; minutes: number }) {
  const words = t().home
  const asked = ask.value
  const isTomorrow = daysBetween(now, new Date(now.getTime() + minutes * 60_000)) > 0
  const value = `${String(Math.floor(asked.until / 60)).padStart(2, '0')}:${String(asked.until % 60).padStart(2, '0')}`
  return (
    <div class="until">
      <Field
        label={words.untilLabel}
        type="time"
        value={value}
        onValue={text => {
          const [hour, minute] = text.split(':').map(Number)
          if (hour !== undefined && minute !== undefined && !Number.isNaN(hour + minute)) setAsk({ until: hour * 60 + minute })
        }}
        error={minutes < minimumMinutes ? words.tooShort : null}
      />
      <p class="until-text" role="status">
        {words.untilText(duration(minutes), isTomorrow)}
      </p>
    </div>
  )
}

/** A time typed as people say it; it is taken over when it can be read. */
function TypedTime() {
  const words = t().home
  const [text, setText] = useState('')
  const [error, setError] = useState<string | null>(null)
  const take = () => {
    setError(null)
    if (text.trim() === '') return
    const time = parseTime(text)
    if (!time) setError(words.typeWrong)
    else if (time.kind === 'until') setAsk({ mode: 'until', until: time.clock.minutes })
    else if (time.minutes < minimumMinutes) setError(words.tooShort)
    else if (time.minutes > maximumMinutes) setError(words.tooLong)
    else setAsk({ mode: 'duration', minutes: time.minutes })
  }
  return (
    <Field
      label={words.type}
      value={text}
      onValue={setText}
      onBlur={take}
      onKeyDown={event => {
        if (event.key !== 'Enter') return
        event.preventDefault()
        take()
      }}
      placeholder={words.typeHint}
      autocomplete="off"
      enterkeyhint="done"
      error={error}
    />
  )
}

function Breaks() {
  const words = t().home
  const asked = ask.value
  const options = (values: readonly number[]) =>
    values.map(value => (
      <option key={value} value={value}>
        {value === 0 ? words.none : duration(value)}
      </option>
    ))
  return (
    <details class="breaks" open={asked.breakMinutes + asked.marginMinutes > 0}>
      <summary>{words.breaks}</summary>
      <div class="breaks-fields">
        <label>
          {words.breakLabel}
          <select value={asked.breakMinutes} onChange={event => setAsk({ breakMinutes: Number(event.currentTarget.value) })}>
            {options([0, 5, 10, 15, 20, 30])}
          </select>
        </label>
        <label>
          {words.marginLabel}
          <select value={asked.marginMinutes} onChange={event => setAsk({ marginMinutes: Number(event.currentTarget.value) })}>
            {options([0, 5, 10, 15, 30])}
          </select>
        </label>
      </div>
    </details>
  )
}
