import { language } from '@moviesir/ui'
import { en } from './en.ts'
import { ko } from './ko.ts'

export type Words = typeof ko

const dictionaries: Record<'ko' | 'en', Words> = { ko, en }

/** The words of the language at hand. A component that calls it is drawn again when the language changes. */
export function t(): Words {
  return dictionaries[language.value]
}

/** What a movie is called in the language at hand. */
export function titleOf(movie: { title: string; title_ko?: string | null }): string {
  return language.value === 'ko' ? (movie.title_ko ?? movie.title) : movie.title
}

export function genreName(genre: { name: string; name_ko: string }): string {
  return language.value === 'ko' ? genre.name_ko : genre.name
}

export function providerName(offer: { provider_name: string; provider_name_ko: string | null }): string {
  return language.value === 'ko' ? (offer.provider_name_ko ?? offer.provider_name) : offer.provider_name
}

export function inLanguage(text: { ko: string; en: string }): string {
  return text[language.value]
}
