import { ApiError, textOfError } from '@moviesir/api-client'
import { duration } from '@moviesir/ui'
import { t } from './i18n/index.ts'

/** What went wrong and what to do, in words for people. */
export const errorText = (error: unknown): string => textOfError(error, t().errors, duration)

export function isNotFound(error: unknown): boolean {
  return error instanceof ApiError && error.status === 404
}
