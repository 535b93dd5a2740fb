import { expect, it } from 'vitest'
import { particle } from './ko.ts'

it.each([
  ['기생충', '을', '를', '을'],
  ['괴물', '으로', '로', '로'],
  ['살인의 추억', '으로', '로', '으로'],
  ['아가씨', '을', '를', '를'],
  ['올드보이!', '은', '는', '는'],
  ['Alien', '을', '를', '을'],
  ['1987', '으로', '로', '로'],
])('"%s" takes "%s" or "%s": %s', (word, consonant, vowel, expected) => expect(particle(word, consonant, vowel)).toBe(expected))
