import { type Key, keys } from '@moviesir/api-client/console'
import { Dialog } from '@moviesir/ui'
import { useState } from 'preact/hooks'
import { t } from '../../i18n/index.ts'
import { Form, useSubmit } from '../account/form.tsx'

const graces = [0, 1, 24, 168] as const

interface RerollProps {
  of: Key
  onClose: () => void
  onMade: (answer: { key: Key; secret: string }) => void
}

/** A new secret for a key; the old one works on for a while, so that nothing stops in between. */
export function RerollDialog({ of: key, onClose, onMade }: RerollProps) {
  const words = t().keys
  const [grace, setGrace] = useState<number>(24)
  const action = useSubmit(async () => onMade(await keys.reroll(key.key_id, grace)))
  return (
    <Dialog title={words.rerollTitle(key.name)} closeLabel={t().app.close} onClose={onClose}>
      <p>{words.rerollText}</p>
      <Form action={action} submit={words.reroll}>
        <fieldset class="radios">
          <legend>{words.grace}</legend>
          {graces.map(hours => (
            <label key={hours}>
              <input type="radio" name="grace" checked={grace === hours} onChange={() => setGrace(hours)} />
              <span>{words.graces[hours]}</span>
            </label>
          ))}
        </fieldset>
      </Form>
    </Dialog>
  )
}
