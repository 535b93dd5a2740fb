import { toast } from '@moviesir/ui'
import { errorText } from '../errors.ts'

/** Does something that a click asks for, says how it went, and has what is shown read again. */
export async function act(call: () => Promise<unknown>, reload: () => void, said?: string): Promise<void> {
  try {
    await call()
    if (said) toast(said)
  } catch (error) {
    toast(errorText(error))
  }
  reload()
}
