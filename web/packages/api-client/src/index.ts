export * from './account.ts'
export { ApiError, call, setRenewPath, whenEnded } from './call.ts'
export { textOfError } from './error-text.ts'

export * from './onboarding.ts'
export * from './traveller.ts'
export type * from './types.ts'
