import { numberText } from '@moviesir/ui'

/** "99.2%". Nothing was measured: a dash, never a number. */
export const percent = (share: number | null | undefined): string =>
  share == null ? '–' : numberText(share, { style: 'percent', maximumFractionDigits: 1 })

export const milliseconds = (value: number | null | undefined): string =>
  value == null ? '–' : `${numberText(value, { maximumFractionDigits: value < 10 ? 1 : 0 })} ms`
