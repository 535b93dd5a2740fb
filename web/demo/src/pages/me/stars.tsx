import { numberText } from '@moviesir/ui'
import { t } from '../../i18n/index.ts'

const steps = Array.from({ length: 10 }, (_, index) => (index + 1) / 2)

interface StarsProps {
  title: string
  /** From 0.5 to 5; null: none. */
  value: number | null
  onValue: (value: number | null) => void
}

/** A rating in half stars: a native select, over the stars that it sets. */
export function Stars({ title, value, onValue }: StarsProps) {
  const words = t().me
  return (
    <span class="stars">
      <span class="stars-drawn" aria-hidden="true">
        <span style={{ width: `${((value ?? 0) / 5) * 100}%` }}>★★★★★</span>★★★★★
      </span>
      <select
        aria-label={words.rate(title)}
        value={value === null ? '' : String(value)}
        onChange={event => onValue(event.currentTarget.value === '' ? null : Number(event.currentTarget.value))}
      >
        <option value="">{words.noRating}</option>
        {steps.map(step => (
          <option key={step} value={String(step)}>
            {words.rated(numberText(step))}
          </option>
        ))}
      </select>
    </span>
  )
}
