import { ApiError, textOfError } from '@moviesir/api-client'
import { duration } from '@moviesir/ui'
import { t } from './i18n/index.ts'

/** What went wrong and what to do, in words for people. */
export const errorText = (error: unknown): string => textOfError(error, t().errors, duration)

/** What is wrong with one field, as the API named it. */
export function fieldError(error: unknown, field: string): string | null {
  return error instanceof ApiError ? (error.fields[field] ?? null) : null
}
