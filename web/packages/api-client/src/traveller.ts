import { call } from './call.ts'
import type {
  Card,
  Genre,
  Me,
  MovieDetails,
  Recommendation,
  RecommendRequest,
  Session,
  SessionLine,
  SetMovie,
  SharedTicket,
  Track,
  TrackName,
} from './types.ts'

export const users = {
  me: (signal?: AbortSignal) => call<Me>('GET', '/users/me', { signal }),
  change: (body: { language?: 'ko' | 'en'; show_adult?: boolean }) => call<Me>('PATCH', '/users/me', { body }),
}

export const movies = {
  details: (id: number, signal?: AbortSignal) => call<MovieDetails>('GET', `/movies/${id}`, { signal }),
  genres: (signal?: AbortSignal) => call<{ genres: Genre[] }>('GET', '/movies/genres', { signal }),
  popular: (limit: number, signal?: AbortSignal) =>
    call<{ movies: Card[] }>('GET', '/movies/popular', { query: { limit }, signal }),
  search: (query: string, k: number, signal?: AbortSignal) =>
    call<{ movies: Card[] }>('POST', '/movies/search', { body: { query, k }, signal }),
  play: (id: number, body: { provider_id: number; session_id?: string }) =>
    call<{ redirect_url: string }>('POST', `/movies/${id}/play`, { body }),
  setWatched: (id: number, body: { rating?: number; without_rating?: boolean; watched_on?: string } = {}) =>
    call<void>('PUT', `/movies/${id}/watched`, { body }),
  unsetWatched: (id: number) => call<void>('DELETE', `/movies/${id}/watched`),
  setNotForMe: (id: number) => call<void>('PUT', `/movies/${id}/not-for-me`),
  unsetNotForMe: (id: number) => call<void>('DELETE', `/movies/${id}/not-for-me`),
}

export const recommendation = {
  recommend: (body: RecommendRequest, signal?: AbortSignal) =>
    call<Recommendation>('POST', '/recommendation/recommend', { body, signal }),
  single: (body: {
    session_id: string
    track: TrackName
    target_runtime: number
    source_movie_id?: number
    excluded_ids: number[]
  }) => call<{ movie: SetMovie }>('POST', '/recommendation/single', { body }),
  fill: (body: { session_id: string; track: TrackName; locked_ids: number[] }) =>
    call<{ track: Track }>('POST', '/recommendation/fill', { body }),
  open: (id: string, signal?: AbortSignal) =>
    call<Session>('GET', `/recommendation/sessions/${encodeURIComponent(id)}`, { signal }),
  list: (limit: number, offset: number, signal?: AbortSignal) =>
    call<{ sessions: SessionLine[]; total: number }>('GET', '/recommendation/sessions', { query: { limit, offset }, signal }),
  remove: (id: string) => call<void>('DELETE', `/recommendation/sessions/${encodeURIComponent(id)}`),
  keep: (id: string, body: { track: TrackName; movie_ids: number[]; starts_at?: string }) =>
    call<void>('PUT', `/recommendation/sessions/${encodeURIComponent(id)}`, { body }),
  share: (id: string) =>
    call<{ share_id: string; url: string }>('POST', `/recommendation/sessions/${encodeURIComponent(id)}/share`),
  shared: (id: string, signal?: AbortSignal) =>
    call<SharedTicket>('GET', `/recommendation/shared/${encodeURIComponent(id)}`, { signal }),
}
