import { language } from '@moviesir/ui'
import { en } from './en.ts'
import { ko } from './ko.ts'

export type Words = typeof ko

const dictionaries: Record<'ko' | 'en', Words> = { ko, en }

/** The words of the language at hand. A component that calls it is drawn again when the language changes. */
export function t(): Words {
  return dictionaries[language.value]
}
