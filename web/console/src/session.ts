import { ApiError, whenEnded } from '@moviesir/api-client'
import { type Me, me as meCalls, type Role } from '@moviesir/api-client/console'
import { language } from '@moviesir/ui'
import { signal } from '@preact/signals'

/** Who is signed in here; 'nobody'; or null until the API has said so. */
export const me = signal<Me | 'nobody' | null>(null)

/** Why that is not known; null while it is, or is being asked. */
export const meError = signal<unknown>(null)

/** The secret of the key that was made last, for the playground: until the page is closed, and nowhere else. */
export const newestSecret = signal('')

export async function loadMe(): Promise<void> {
  meError.value = null
  try {
    setMe(await meCalls.get())
  } catch (error) {
    if (error instanceof ApiError && error.status === 401) me.value = 'nobody'
    else meError.value = error
  }
}

whenEnded(forgetMe)

/** Takes what the API says of who is signed in. */
export function setMe(answered: Me): void {
  me.value = answered
  language.value = answered.member.language
}

/** What a browser knows of an account goes with its sign-in. */
export function forgetMe(): void {
  me.value = 'nobody'
  newestSecret.value = ''
}

const ranks: Record<Role, number> = { viewer: 0, developer: 1, owner: 2 }

/** Whether the member at hand may do what needs a role. */
export function may(role: Role): boolean {
  return me.value !== null && me.value !== 'nobody' && ranks[me.value.member.role] >= ranks[role]
}

/** The member at hand, on pages that nobody else sees. */
export function signedIn(): Me {
  if (me.value === null || me.value === 'nobody') throw new Error('Nobody is signed in.')
  return me.value
}
