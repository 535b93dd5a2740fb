import { stored } from '@moviesir/ui'

export type Language = 'ko' | 'en'

/** What the person chose, or the first of the browser's languages that the app speaks, or Korean. */
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
