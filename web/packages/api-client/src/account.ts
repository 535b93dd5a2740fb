import { call } from './call.ts'
import type { components } from './schema.d.ts'
import type { Card, User } from './types.ts'

type Schemas = components['schemas']

export type Credentials = Pick<Schemas['SignInBody'], 'email' | 'password'>
export type PendingSignUp = Schemas['SignUpAnswer']
export type Device = Schemas['DeviceAnswer']
export type WatchedMovie = Schemas['WatchedCard']
export type WatchedSort = 'recent' | 'rating' | 'title' | 'year'
export type Statistics = Schemas['Statistics']
export type ImportResult = Schemas['ImportAnswer']
export type Pending = Schemas['PendingMovie']

export const registration = {
  request: (body: Credentials & { nickname: string; language: 'ko' | 'en' }) =>
    call<PendingSignUp>('POST', '/registration/request', { body }),
  resend: () => call<PendingSignUp>('POST', '/registration/resend'),
  confirm: (code: string) => call<{ user: User }>('POST', '/registration/confirm', { body: { code } }),
  nickname: (value: string, signal?: AbortSignal) =>
    call<{ available: boolean }>('GET', '/registration/nickname', { query: { value }, signal }),
}

export const auth = {
  login: (body: Credentials & { remember_me: boolean }) => call<{ user: User }>('POST', '/auth/login', { body }),
  restore: (body: Credentials & { remember_me: boolean }) => call<{ user: User }>('POST', '/auth/restore', { body }),
  logout: () => call<void>('POST', '/auth/logout'),
  requestReset: (email: string) => call<void>('POST', '/auth/password-reset/request', { body: { email } }),
  confirmReset: (token: string, password: string) =>
    call<void>('POST', '/auth/password-reset/confirm', { body: { token, password } }),
  devices: (signal?: AbortSignal) => call<{ sessions: Device[] }>('GET', '/auth/sessions', { signal }),
  endDevice: (id: string) => call<void>('DELETE', `/auth/sessions/${encodeURIComponent(id)}`),
  endOthers: () => call<void>('DELETE', '/auth/sessions'),
}

export const mypage = {
  watched: (query: { q?: string; sort: WatchedSort; limit: number }, signal?: AbortSignal) =>
    call<{ movies: WatchedMovie[]; total: number }>('GET', '/mypage/watched', { query, signal }),
  notForMe: (limit: number, signal?: AbortSignal) =>
    call<{ movies: Card[]; total: number }>('GET', '/mypage/not-for-me', { query: { limit }, signal }),
  statistics: (signal?: AbortSignal) => call<Statistics>('GET', '/mypage/statistics', { signal }),
  setProviders: (ott_ids: number[]) => call<void>('PUT', '/mypage/ott', { body: { ott_ids } }),
  setNickname: (nickname: string) => call<void>('PUT', '/mypage/nickname', { body: { nickname } }),
  setPassword: (current_password: string, new_password: string) =>
    call<void>('POST', '/mypage/password', { body: { current_password, new_password } }),
  requestEmail: (new_email: string, password: string) =>
    call<void>('POST', '/mypage/email/request', { body: { new_email, password } }),
  confirmEmail: (token: string) => call<void>('POST', '/mypage/email/confirm', { body: { token } }),
  remove: (password: string) => call<{ restorable_until: string }>('DELETE', '/mypage/account', { body: { password } }),
  export: () => call<unknown>('GET', '/mypage/export'),
  import: (source: 'letterboxd' | 'trakt', text: string) =>
    call<ImportResult>('POST', '/mypage/import', { body: { source, text } }),
}

export const satisfaction = {
  pending: (signal?: AbortSignal) => call<{ pending: Pending[] }>('GET', '/recommendation/pending', { signal }),
  answer: (session_id: string, movie_id: number, is_positive: boolean) =>
    call<void>('POST', '/recommendation/satisfaction', { body: { session_id, movie_id, is_positive } }),
  takeBack: (session_id: string, movie_id: number) =>
    call<void>('DELETE', '/recommendation/satisfaction', { query: { session_id, movie_id } }),
  dismiss: (session_id: string) => call<void>('POST', '/recommendation/pending/dismiss', { body: { session_id } }),
}

export const groups = {
  create: (movie_ids?: number[]) =>
    call<{ group_id: string }>('POST', '/recommendation/groups', { body: movie_ids ? { movie_ids } : {} }),
  open: (id: string, signal?: AbortSignal) =>
    call<Schemas['GroupStateAnswer']>('GET', `/recommendation/groups/${encodeURIComponent(id)}`, { signal }),
  join: (id: string, movie_ids: number[]) =>
    call<void>('POST', `/recommendation/groups/${encodeURIComponent(id)}/join`, { body: { movie_ids } }),
}
