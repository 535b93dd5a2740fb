import type { components } from './schema.d.ts'

type Schemas = components['schemas']

// Of the API's own document: `npm run types` makes schema.d.ts from it.
export type Genre = Schemas['GenreName']
export type Card = Schemas['MovieCard']
export type Ott = Schemas['MovieOffer']
export type SetMovie = Schemas['ShownMovie']
export type Track = Schemas['TrackResult']
export type Hint = Schemas['Hint']
export type Recommendation = Schemas['RecommendAnswer']
export type Provider = Schemas['ProviderAnswer']
export type User = Schemas['User']
export type Me = Schemas['Me']
export type MoodMovie = Schemas['MoodMovie']
export type SharedTicket = Schemas['SharedPlan']
export type SessionLine = Schemas['SessionLine']
export type TrackName = 'a' | 'b'

export interface Session {
  result: Recommendation
  plan: { track: TrackName; movies: SetMovie[]; starts_at: string | null } | null
}

export interface RecommendRequest {
  available_time: number
  /** Names or ids. */
  genres: string[]
  provider_ids?: number[]
  exclude_adult?: boolean
  mood?: string
  group_id?: string
  group_mode?: 'both_like' | 'compromise'
  break_minutes?: number
  margin_minutes?: number
}

export interface MovieDetails {
  info: Card & Pick<Schemas['MovieInfo'], 'overview' | 'overview_ko' | 'keywords'>
  otts: Ott[]
  mine: Schemas['MovieOpinion'] | null
}
