import { Segments } from '@moviesir/ui'
import { t } from '../i18n/index.ts'

const periods = ['7', '30', '90'] as const
export type Period = (typeof periods)[number]

/** How many days a page looks back. */
export function PeriodChoice({ value, onValue }: { value: Period; onValue: (period: Period) => void }) {
  const words = t().usage
  return (
    <Segments
      label={words.period}
      value={value}
      onValue={onValue}
      options={periods.map(days => ({ value: days, label: words.days(days) }))}
    />
  )
}
