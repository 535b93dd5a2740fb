import { stored } from '@moviesir/ui'

/** What a traveller asks for; kept on this device, so that nothing that was entered is lost. */
export interface Ask {
  mode: 'duration' | 'until'
  minutes: number
  /** The time of day when it must end, in minutes since midnight. */
  until: number
  breakMinutes: number
  marginMinutes: number
  genres: number[]
  providers: number[] | null
  mood: string
  adult: boolean
}

const usual: Ask = {
  mode: 'duration',
  minutes: 160,
  until: 22 * 60,
  breakMinutes: 0,
  marginMinutes: 0,
  genres: [],
  providers: null,
  mood: '',
  adult: false,
}

export const ask = stored<Ask>('ask', usual)

export function setAsk(change: Partial<Ask>): void {
  ask.value = { ...usual, ...ask.value, ...change }
}
