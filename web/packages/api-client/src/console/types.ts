export type Role = 'owner' | 'developer' | 'viewer'
export type Plan = 'free' | 'basic' | 'pro' | 'enterprise'

export interface Me {
  member: { member_id: string; email: string; role: Role; language: 'ko' | 'en'; is_administrator: boolean }
  company: {
    company_id: string
    name: string
    plan: Plan
    created_at: string
    calls_per_day: number
    calls_per_second: number
  }
}

export type KeyState = 'active' | 'inactive' | 'expired' | 'retiring'
export type Scope = 'recommend' | 'search' | 'movies' | 'feedback' | 'usage'

export interface Key {
  key_id: string
  name: string
  /** The key's last four characters. */
  hint: string
  state: KeyState
  scopes: Scope[]
  allowed_addresses: string[]
  created_at: string
  expires_at?: string | null
  last_used_at?: string | null
  calls_today: number
  calls_30_days: number
}

export interface Counts {
  calls: number
  charged: number
  errors: number
  success_rate?: number | null
}

export interface Latency {
  calls: number
  average_ms?: number | null
  p50_ms?: number | null
  p95_ms?: number | null
  p99_ms?: number | null
}

export interface Dashboard {
  plan: Plan
  today: Counts
  yesterday: Counts
  daily_limit: number
  remaining: number
  key_count: number
  days: { date: string; calls: number; errors: number }[]
  latency: Latency
}

export interface Totals {
  calls: number
  charged: number
  client_errors: number
  server_errors: number
  success_rate?: number | null
}

export interface Usage {
  from: string
  to: string
  days: ({ date: string } & Omit<Totals, 'success_rate'>)[]
  totals: Totals
  previous: Totals
}

export interface LogLine {
  log_id: string
  occurred_at: string
  method: string
  endpoint: string
  status: number
  error_code?: string | null
  latency_ms: number
  charged: boolean
  key_id: string
  key_name: string
  request_id: string
}

export interface LogDetails extends LogLine {
  client_user_id?: string | null
  client_address?: string | null
  available_minutes?: number | null
  recommendation_id?: string | null
  movies: { movie_id: number; title: string; runtime: number | null }[]
}

export interface LogFilter {
  from?: string | undefined
  to?: string | undefined
  status?: string | undefined
  method?: string | undefined
  endpoint?: string | undefined
  key_id?: string | undefined
  request_id?: string | undefined
}

export type RuleKind = 'keyword' | 'genre' | 'id'

export interface NewRule {
  kind: RuleKind
  value: string
}

export interface Rule extends NewRule {
  rule_id: string
  title?: string | null
  created_at: string
}

export interface RulePreview {
  movies: number
  removed: number
  rules: (NewRule & { removed: number })[]
  examples: { movie_id: number; title: string; runtime: number; release_date?: string | null; poster_path?: string | null }[]
}

export interface Member {
  member_id: string
  email: string
  role: Role
  joined_at: string
  last_seen_at?: string | null
  is_you: boolean
}

export interface Invitation {
  invitation_id: string
  email: string
  role: Role
  created_at: string
  expires_at: string
}

export interface Device {
  session_id: string
  device: string
  created_at: string
  last_seen_at: string
  current: boolean
}

export interface AuditEntry {
  entry_id: string
  occurred_at: string
  actor?: string | null
  action: string
  subject: string
  details: Record<string, unknown>
}

export interface CompanyLine {
  company_id: string
  name: string
  plan: Plan
  is_active: boolean
  created_at: string
  members: number
  keys: number
  calls_today: number
}

export interface TravellerLine {
  user_id: string
  email: string
  nickname: string
  state: 'active' | 'suspended' | 'deleted'
  created_at: string
  last_seen_at?: string | null
  sessions: number
}

export interface TravellerStatistics {
  accounts: number
  guests: number
  onboarded: number
  new_accounts: { today: number; days_7: number; days_30: number }
  recommendations: { today: number; days_7: number; days_30: number }
}

export interface ModelLine {
  version: string
  created_at: string
  is_published: boolean
}

export interface ImportLine {
  import_id: string
  started_at: string
  finished_at?: string | null
  state: string
  source: string
  movies: number
  ratings: number
}
