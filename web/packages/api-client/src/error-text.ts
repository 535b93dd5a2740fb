import { ApiError } from './call.ts'

/** Words for errors, by code. */
export interface ErrorWords {
  /** A while whose length is not known. */
  soon: string
  TOO_MANY_ATTEMPTS: (wait: string) => string
  /** For what has no words of its own. */
  other: (code: string) => string
}

/** What went wrong and what to do, in words for people. */
export function textOfError(error: unknown, words: ErrorWords, duration: (minutes: number) => string): string {
  if (!(error instanceof ApiError)) return words.other(error instanceof Error ? error.name : 'UNKNOWN')
  if (error.code === 'TOO_MANY_ATTEMPTS') {
    return words.TOO_MANY_ATTEMPTS(error.retryAfter ? duration(Math.ceil(error.retryAfter / 60)) : words.soon)
  }
  const known = (words as unknown as Record<string, unknown>)[error.code]
  return typeof known === 'string' ? known : words.other(error.code)
}
