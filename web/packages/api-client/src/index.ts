export * from './account.ts'
export { ApiError } from './call.ts'
export * from './traveller.ts'
export type * from './types.ts'
