/** @jsxImportSource preact */
import type { VNode } from 'preact'
import { ApiIntroduction } from './api.tsx'
import { Documentation } from './documentation.tsx'
import { Landing } from './landing.tsx'
import { en, ko, type Language, type Words } from './words.ts'

export interface StaticPage {
  site: 'landing' | 'api'
  /** Within the site. */
  file: string
  language: Language
  title: string
  description: string
  /** The same page in the other language. */
  other: string
  content: VNode
}

const both: [words: Words, folder: string, other: string][] = [
  [ko, '', 'en/'],
  [en, 'en/', ''],
]

export const pages: StaticPage[] = both.flatMap(([words, folder, other]) => [
  {
    site: 'landing',
    file: `${folder}index.html`,
    language: words.language,
    title: words.landing.title,
    description: words.landing.lead,
    other: `/${other}`,
    content: <Landing words={words} other={`/${other}`} />,
  },
  {
    site: 'api',
    file: `${folder}index.html`,
    language: words.language,
    title: words.api.title,
    description: words.api.lead,
    other: `/${other}`,
    content: <ApiIntroduction words={words} other={`/${other}`} folder={`/${folder}`} />,
  },
  {
    site: 'api',
    file: `${folder}docs/index.html`,
    language: words.language,
    title: words.docs.title,
    description: words.docs.lead,
    other: `/${other}docs`,
    content: <Documentation words={words} other={`/${other}docs`} folder={`/${folder}`} />,
  },
])
