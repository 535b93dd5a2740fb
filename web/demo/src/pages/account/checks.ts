import { ApiError } from '@moviesir/api-client'
import { useState } from 'preact/hooks'
import { errorText } from '../../errors.ts'
import { t } from '../../i18n/index.ts'

export function emailProblem(email: string): string | null {
  const words = t().account
  if (email.trim() === '') return words.required
  return /^[^\s@]+@[^\s@]+\.[^\s@]{2,}$/.test(email.trim()) ? null : words.emailShape
}

export function passwordProblem(password: string): string | null {
  const isLong = [...password].length >= 8
  return isLong && /\p{L}/u.test(password) && /\p{N}/u.test(password) ? null : t().account.passwordHint
}

export function nicknameProblem(nickname: string): string | null {
  const length = [...new Intl.Segmenter().segment(nickname.trim().normalize('NFC'))].length
  return length >= 2 && length <= 16 && /^[\p{L}\p{N} _-]+$/u.test(nickname.trim()) ? null : t().account.nicknameHint
}

export interface Submission {
  isBusy: boolean
  /** What is wrong with the whole; null while nothing is. */
  error: string | null
  /** What is wrong, by field. */
  fields: Record<string, string>
  run: (work: () => Promise<void>, explain?: (error: ApiError) => string | null) => Promise<void>
  setFields: (fields: Record<string, string | null>) => boolean
}

/** What a form needs around sending it: what was entered stays, and what is wrong stands beside the field. */
export function useSubmission(): Submission {
  const [isBusy, setBusy] = useState(false)
  const [error, setError] = useState<string | null>(null)
  const [fields, setFieldErrors] = useState<Record<string, string>>({})
  const setFields = (found: Record<string, string | null>) => {
    const wrong = Object.fromEntries(Object.entries(found).filter((entry): entry is [string, string] => entry[1] !== null))
    setFieldErrors(wrong)
    return Object.keys(wrong).length === 0
  }
  const run: Submission['run'] = async (work, explain) => {
    setBusy(true)
    setError(null)
    setFieldErrors({})
    try {
      await work()
    } catch (failure) {
      const known = failure instanceof ApiError ? failure : null
      setFieldErrors(
        Object.fromEntries(Object.entries(known?.fields ?? {}).map(([name, said]) => [name, fieldText(name) ?? said])),
      )
      const hasFields = known !== null && Object.keys(known.fields).length > 0
      const explained = known && explain ? explain(known) : null
      setError(explained ?? (hasFields ? null : errorText(failure)))
    } finally {
      setBusy(false)
    }
  }
  return { isBusy, error, fields, run, setFields }
}

/** What is wrong with a field that passed the checks above, in the reader's language: the API says it in English. */
function fieldText(name: string): string | null {
  const words = t().account
  switch (name) {
    case 'email':
    case 'new_email':
      return words.emailShape
    case 'password':
    case 'new_password':
      return words.passwordWeak
    case 'nickname':
      return words.nicknameHint
    default:
      return null
  }
}
