import { call } from './call.ts'
import type { MoodMovie, Provider } from './types.ts'

export const onboarding = {
  state: (signal?: AbortSignal) =>
    call<{ completed: boolean; provider_ids: number[]; movie_ids: number[]; reminder_due: boolean }>('GET', '/onboarding', {
      signal,
    }),
  providers: (signal?: AbortSignal) => call<{ providers: Provider[] }>('GET', '/onboarding/providers', { signal }),
  setProviders: (provider_ids: number[]) => call<void>('POST', '/onboarding/ott', { body: { provider_ids } }),
  moods: (seed: number, signal?: AbortSignal) =>
    call<{ moods: MoodMovie[] }>('GET', '/onboarding/survey/movies', { query: { seed }, signal }),
  setMovies: (movie_ids: number[]) => call<void>('POST', '/onboarding/survey', { body: { movie_ids } }),
  complete: () => call<void>('POST', '/onboarding/complete'),
  skip: () => call<void>('POST', '/onboarding/skip'),
}
