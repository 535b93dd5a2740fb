export { ApiError, call, setRenewPath } from './call.ts'
export * from './onboarding.ts'
export * from './traveller.ts'
export type * from './types.ts'
