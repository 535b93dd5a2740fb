import { type Me, users, whenEnded } from '@moviesir/api-client'
import { computed, signal } from '@preact/signals'

/** Who uses this browser, as the API knows them; null until it has said so. */
export const me = signal<Me | null>(null)

/** Why that is not known; null while it is, or is being asked. */
export const meError = signal<unknown>(null)

export const isTraveller = computed(() => me.value?.kind === 'traveller')

/** Asks the API again. Where it does not answer, what was known stays. */
export async function loadMe(): Promise<void> {
  meError.value = null
  try {
    me.value = await users.me()
  } catch (error) {
    meError.value = error
  }
}

whenEnded(() => void loadMe())
