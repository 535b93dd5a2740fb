import { ApiError } from '@moviesir/api-client'
import { duration } from '@moviesir/ui'
import { t } from './i18n/index.ts'

/** What went wrong and what to do, in words for people. */
export function errorText(error: unknown): string {
  const words = t().errors
  if (!(error instanceof ApiError)) return words.other(error instanceof Error ? error.name : 'UNKNOWN')
  if (error.code === 'TOO_MANY_ATTEMPTS') {
    return words.TOO_MANY_ATTEMPTS(error.retryAfter ? duration(Math.ceil(error.retryAfter / 60)) : words.soon)
  }
  const known = (words as Record<string, unknown>)[error.code]
  return typeof known === 'string' ? known : words.other(error.code)
}

export function isNotFound(error: unknown): boolean {
  return error instanceof ApiError && error.status === 404
}
