import type { components } from './schema.d.ts'

type Schemas = components['schemas']

// Of the API's own document: `npm run types` makes schema.d.ts from it.
export type Me = Schemas['ConsoleMe']
export type SignUpAnswer = Schemas['SignUpAnswer']
export type Role = Schemas['MemberRole']
export type Plan = Schemas['Plan']
export type Device = Schemas['DeviceAnswer']
export type Key = Schemas['CompanyKey']
export type NewKey = Schemas['NewKeyAnswer']
export type Scope = Key['scopes'][number]
export type Dashboard = Schemas['DashboardAnswer']
export type Usage = Schemas['UsageAnswer']
export type IdentityList = Schemas['IdentityList']
export type Quality = Schemas['QualityAnswer']
export type Outcomes = Schemas['Outcomes']
export type EndpointUsage = Schemas['EndpointUsage']
export type ResponseTimes = Schemas['ResponseTimes']
export type KeyUsage = Schemas['KeyUsage']
export type LogLine = Schemas['LogRow']
export type LogPage = Schemas['LogPage']
export type LogDetails = Schemas['LogDetail']
export type NewRule = Schemas['RuleText']
export type Rule = Schemas['RuleAnswer']
export type RuleKind = Schemas['ContentRuleKind']
export type RuleList = Schemas['RuleList']
export type RulePreview = Schemas['RulePreview']
export type Member = Schemas['MemberInfo']
export type Invitation = Schemas['InvitationInfo']
export type InvitationLook = Schemas['InvitationLook']
export type AuditEntry = Schemas['AuditInfo']
export type AuditPage = Schemas['AuditPage']
export type CompanyLine = Schemas['CompanyRow']
export type TravellerLine = Schemas['TravellerRow']
export type TravellerStatistics = Schemas['TravellerStats']
export type ModelLine = Schemas['ModelRow']
export type ImportLine = Schemas['ImportRow']

export interface LogFilter {
  from?: string | undefined
  to?: string | undefined
  status?: string | undefined
  method?: string | undefined
  endpoint?: string | undefined
  key_id?: string | undefined
  request_id?: string | undefined
}
