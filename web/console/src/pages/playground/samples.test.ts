import { expect, test } from 'vitest'
import { sampleLanguages, samples } from './samples.ts'

test.each(sampleLanguages)('the %s sample names address, key and body, and holds no key', name => {
  const text = samples[name]('https://api.example.test/v1/recommend', { available_time: 95, preferred_genres: ['Drama'] })
  expect(text).toContain('https://api.example.test/v1/recommend')
  expect(text).toContain('X-API-Key')
  expect(text).toContain('MOVIESIR_KEY')
  expect(text).toContain('{"available_time":95,"preferred_genres":["Drama"]}')
  expect(text).not.toContain('sk-moviesir-')
})
