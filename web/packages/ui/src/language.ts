import { stored } from './stored.ts'

export type Language = 'ko' | 'en'

/** What the person chose, or the first of the browser's languages that the pages speak, or Korean. */
export const language = stored<Language>('language', preferred())

function preferred(): Language {
  const known = navigator.languages.map(name => name.slice(0, 2)).find(name => name === 'ko' || name === 'en')
  return (known as Language | undefined) ?? 'ko'
}

export function applyLanguage(): void {
  language.subscribe(chosen => {
    document.documentElement.lang = chosen
  })
}

export function numberText(value: number, options: Intl.NumberFormatOptions = {}): string {
  return new Intl.NumberFormat(language.value, options).format(value)
}

export function dateText(at: Date, options: Intl.DateTimeFormatOptions = { month: 'long', day: 'numeric' }): string {
  return new Intl.DateTimeFormat(language.value, options).format(at)
}

/** "2시간 40분", "2 h 40 min". */
export function duration(minutes: number): string {
  const hours = Math.floor(minutes / 60)
  const rest = minutes % 60
  const [h, m] = language.value === 'ko' ? ['시간', '분'] : [' h', ' min']
  if (hours === 0) return `${rest}${m}`
  return rest === 0 ? `${hours}${h}` : `${hours}${h} ${rest}${m}`
}
