import { type CallOptions, call } from '../call.ts'
import type {
  AuditPage,
  CompanyLine,
  Dashboard,
  Device,
  EndpointUsage,
  IdentityList,
  ImportLine,
  Invitation,
  InvitationLook,
  Key,
  KeyUsage,
  LogDetails,
  LogFilter,
  LogPage,
  Me,
  Member,
  ModelLine,
  NewKey,
  NewRule,
  Plan,
  Quality,
  ResponseTimes,
  Role,
  Rule,
  RuleList,
  RulePreview,
  Scope,
  SignUpAnswer,
  TravellerLine,
  TravellerStatistics,
  Usage,
} from './types.ts'

export type * from './types.ts'

const b2b = <T>(method: string, path: string, options?: CallOptions) => call<T>(method, `/b2b${path}`, options)
const part = encodeURIComponent

export const auth = {
  register: (body: { email: string; password: string; company: string; language: 'ko' | 'en' }) =>
    b2b<SignUpAnswer>('POST', '/auth/register/request', { body }),
  resend: () => b2b<SignUpAnswer>('POST', '/auth/register/resend'),
  confirm: (code: string) => b2b<Me>('POST', '/auth/register/confirm', { body: { code } }),
  signIn: (body: { email: string; password: string; remember_me: boolean }) => b2b<Me>('POST', '/auth/login', { body }),
  providers: (signal?: AbortSignal) => b2b<{ providers: string[] }>('GET', '/auth/providers', { signal }),
  start: (provider: string, remember_me: boolean, language: 'ko' | 'en') =>
    b2b<{ address: string }>('POST', `/auth/providers/${part(provider)}/start`, { body: { remember_me, language } }),
  externalSignUp: (signal?: AbortSignal) => b2b<{ provider: string; email: string }>('GET', '/auth/external-sign-up', { signal }),
  confirmExternal: (company: string) => b2b<Me>('POST', '/auth/external-sign-up', { body: { company } }),
  signOut: () => b2b<void>('POST', '/auth/logout'),
  requestReset: (email: string) => b2b<void>('POST', '/auth/password-reset/request', { body: { email } }),
  reset: (token: string, password: string) => b2b<void>('POST', '/auth/password-reset/confirm', { body: { token, password } }),
  devices: (signal?: AbortSignal) => b2b<{ sessions: Device[] }>('GET', '/auth/sessions', { signal }),
  endDevice: (id: string) => b2b<void>('DELETE', `/auth/sessions/${part(id)}`),
  endOthers: () => b2b<void>('DELETE', '/auth/sessions'),
}

export const me = {
  get: (signal?: AbortSignal) => b2b<Me>('GET', '/me', { signal }),
  change: (language: 'ko' | 'en') => b2b<Me>('PATCH', '/me', { body: { language } }),
  changePassword: (current_password: string, password: string) =>
    b2b<void>('POST', '/me/password', { body: { current_password, password } }),
  identities: (signal?: AbortSignal) => b2b<IdentityList>('GET', '/me/identities', { signal }),
  link: (provider: string) => b2b<{ address: string }>('POST', `/me/identities/${part(provider)}`),
  unlink: (provider: string) => b2b<void>('DELETE', `/me/identities/${part(provider)}`),
  renameCompany: (name: string) => b2b<Me>('PATCH', '/company', { body: { name } }),
  deleteCompany: (name: string) => b2b<void>('DELETE', '/company', { body: { name } }),
}

export interface KeySettings {
  name?: string
  scopes?: Scope[]
  allowed_addresses?: string[]
  expires_at?: string | null
}

export const keys = {
  list: (signal?: AbortSignal) => b2b<{ keys: Key[] }>('GET', '/api-keys', { signal }),
  create: (body: KeySettings) => b2b<NewKey>('POST', '/api-keys', { body }),
  change: (id: string, body: KeySettings) => b2b<Key>('PATCH', `/api-keys/${part(id)}`, { body }),
  activate: (id: string) => b2b<Key>('POST', `/api-keys/${part(id)}/activate`),
  deactivate: (id: string) => b2b<Key>('POST', `/api-keys/${part(id)}/deactivate`),
  reroll: (id: string, grace_hours: number) => b2b<NewKey>('POST', `/api-keys/${part(id)}/reroll`, { body: { grace_hours } }),
  remove: (id: string) => b2b<void>('DELETE', `/api-keys/${part(id)}`),
}

export const usage = {
  dashboard: (signal?: AbortSignal) => b2b<Dashboard>('GET', '/dashboard', { signal }),
  days: (days: number, signal?: AbortSignal) => b2b<Usage>('GET', '/usage', { query: { days }, signal }),
  endpoints: (days: number, signal?: AbortSignal) =>
    b2b<{ endpoints: EndpointUsage[] }>('GET', '/usage/endpoints', {
      query: { days },
      signal,
    }),
  latency: (days: number, signal?: AbortSignal) => b2b<ResponseTimes>('GET', '/usage/response-time', { query: { days }, signal }),
  keys: (days: number, signal?: AbortSignal) => b2b<{ keys: KeyUsage[] }>('GET', '/usage/keys', { query: { days }, signal }),
}

export const quality = {
  get: (days: number, signal?: AbortSignal) => b2b<Quality>('GET', '/quality', { query: { days }, signal }),
}

export const logs = {
  list: (filter: LogFilter, cursor: string | undefined, signal?: AbortSignal) =>
    b2b<LogPage>('GET', '/logs', { query: { ...filter, cursor, limit: 50 }, signal }),
  open: (id: string, signal?: AbortSignal) => b2b<LogDetails>('GET', `/logs/${part(id)}`, { signal }),
  csvAddress: (filter: LogFilter) =>
    `/b2b/logs.csv?${new URLSearchParams(Object.entries(filter).filter((entry): entry is [string, string] => !!entry[1]))}`,
  feedAddress: '/b2b/live-feed',
}

export const rules = {
  list: (signal?: AbortSignal) => b2b<RuleList>('GET', '/content-rules', { signal }),
  add: (added: NewRule[]) => b2b<{ rules: Rule[] }>('POST', '/content-rules', { body: { rules: added } }),
  remove: (id: string) => b2b<void>('DELETE', `/content-rules/${part(id)}`),
  preview: (added: NewRule[], signal?: AbortSignal) =>
    b2b<RulePreview>('POST', '/content-rules/preview', { body: { rules: added }, signal }),
}

export const members = {
  list: (signal?: AbortSignal) => b2b<{ members: Member[]; invitations: Invitation[] }>('GET', '/members', { signal }),
  setRole: (id: string, role: Role) => b2b<Member>('PATCH', `/members/${part(id)}`, { body: { role } }),
  remove: (id: string) => b2b<void>('DELETE', `/members/${part(id)}`),
  invite: (email: string, role: Role) => b2b<Invitation>('POST', '/invitations', { body: { email, role } }),
  withdraw: (id: string) => b2b<void>('DELETE', `/invitations/${part(id)}`),
  look: (token: string) => b2b<InvitationLook>('POST', '/invitations/look', { body: { token } }),
  accept: (token: string, password: string, language: 'ko' | 'en') =>
    b2b<Me>('POST', '/invitations/accept', { body: { token, password, language } }),
  audit: (cursor: string | undefined, signal?: AbortSignal) =>
    b2b<AuditPage>('GET', '/audit', { query: { cursor, limit: 50 }, signal }),
}

interface Page {
  search?: string
  limit: number
  offset: number
}

export const admin = {
  companies: (page: Page, signal?: AbortSignal) =>
    b2b<{ companies: CompanyLine[]; total: number }>('GET', '/admin/companies', { query: { ...page }, signal }),
  changeCompany: (id: string, body: { plan?: Plan; is_active?: boolean }) =>
    b2b<CompanyLine>('PATCH', `/admin/companies/${part(id)}`, { body }),
  travellers: (page: Page, signal?: AbortSignal) =>
    b2b<{ users: TravellerLine[]; total: number }>('GET', '/admin/b2c-users', { query: { ...page }, signal }),
  setTraveller: (id: string, act: 'deactivate' | 'activate' | 'restore') =>
    b2b<void>('POST', `/admin/b2c-users/${part(id)}/${act}`),
  statistics: (signal?: AbortSignal) => b2b<TravellerStatistics>('GET', '/admin/b2c-stats', { signal }),
  models: (signal?: AbortSignal) => b2b<{ models: ModelLine[] }>('GET', '/admin/models', { signal }),
  imports: (signal?: AbortSignal) => b2b<{ imports: ImportLine[] }>('GET', '/admin/imports', { signal }),
}
