import { call } from './call.ts'
import type { Card, MoodMovie, Provider, User } from './types.ts'

export interface Credentials {
  email: string
  password: string
}

export interface SignUp extends Credentials {
  nickname: string
  language: 'ko' | 'en'
}

export interface PendingSignUp {
  email: string
  /** Seconds. */
  expires_in: number
  /** Seconds. */
  resend_after: number
}

export const registration = {
  request: (body: SignUp) => call<PendingSignUp>('POST', '/registration/request', { body }),
  resend: () => call<PendingSignUp>('POST', '/registration/resend'),
  confirm: (code: string) => call<{ user: User }>('POST', '/registration/confirm', { body: { code } }),
  nickname: (value: string, signal?: AbortSignal) =>
    call<{ available: boolean; problem?: string | null }>('GET', '/registration/nickname', { query: { value }, signal }),
}

export interface Device {
  session_id: string
  device: string
  created_at: string
  last_seen_at: string
  current: boolean
}

export const auth = {
  login: (body: Credentials & { remember_me: boolean }) => call<{ user: User }>('POST', '/auth/login', { body }),
  restore: (body: Credentials) => call<{ user: User }>('POST', '/auth/restore', { body }),
  logout: () => call<void>('POST', '/auth/logout'),
  requestReset: (email: string) => call<void>('POST', '/auth/password-reset/request', { body: { email } }),
  confirmReset: (token: string, password: string) =>
    call<void>('POST', '/auth/password-reset/confirm', { body: { token, password } }),
  devices: (signal?: AbortSignal) => call<{ sessions: Device[] }>('GET', '/auth/sessions', { signal }),
  endDevice: (id: string) => call<void>('DELETE', `/auth/sessions/${encodeURIComponent(id)}`),
  endOthers: () => call<void>('DELETE', '/auth/sessions'),
}

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

export interface WatchedMovie extends Card {
  rating?: number | null
  watched_on?: string | null
}

export interface Statistics {
  watched: number
  minutes: number
  mean_rating?: number | null
  ratings: { rating: number; count: number }[]
  genres: { id: number; name: string; name_ko: string; count: number }[]
  months: { month: string; count: number }[]
  decades: { decade: number; count: number }[]
}

export interface ImportResult {
  read: number
  matched: number
  unmatched: { line: number; title?: string | null; year?: number | null }[]
}

export const mypage = {
  watched: (query: { q?: string; limit: number; offset: number }, signal?: AbortSignal) =>
    call<{ movies: WatchedMovie[]; total: number }>('GET', '/mypage/watched', { query, signal }),
  setNickname: (nickname: string) => call<void>('PUT', '/mypage/nickname', { body: { nickname } }),
  setPassword: (current_password: string, new_password: string) =>
    call<void>('PUT', '/mypage/password', { body: { current_password, new_password } }),
  setEmail: (new_email: string, password: string) => call<void>('PUT', '/mypage/email', { body: { new_email, password } }),
  confirmEmail: (token: string) => call<void>('POST', '/mypage/email/confirm', { body: { token } }),
  remove: (password: string) => call<void>('DELETE', '/mypage/account', { body: { password } }),
  statistics: (signal?: AbortSignal) => call<Statistics>('GET', '/mypage/statistics', { signal }),
  export: () => call<unknown>('GET', '/mypage/export'),
  import: (source: 'letterboxd' | 'trakt', text: string) =>
    call<ImportResult>('POST', '/mypage/import', { body: { source, text } }),
}

export const groups = {
  create: (movie_ids?: number[]) =>
    call<{ group_id: string; url: string; people: number }>('POST', '/recommendation/groups', {
      body: movie_ids ? { movie_ids } : {},
    }),
  open: (id: string, signal?: AbortSignal) =>
    call<{ people: number; mine: boolean; ready: boolean }>('GET', `/recommendation/groups/${encodeURIComponent(id)}`, {
      signal,
    }),
  join: (id: string, movie_ids: number[]) =>
    call<void>('POST', `/recommendation/groups/${encodeURIComponent(id)}/join`, { body: { movie_ids } }),
}

export const satisfaction = {
  pending: (signal?: AbortSignal) =>
    call<{ pending: { session_id: string; movie: Card; ended_at: string }[] }>('GET', '/recommendation/satisfaction', { signal }),
  answer: (session_id: string, movie_id: number, is_positive: boolean) =>
    call<void>('POST', '/recommendation/satisfaction', { body: { session_id, movie_id, is_positive } }),
  dismiss: (session_id: string) => call<void>('POST', '/recommendation/satisfaction/dismiss', { body: { session_id } }),
}
