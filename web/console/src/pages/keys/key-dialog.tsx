import { type Key, keys, type Scope } from '@moviesir/api-client/console'
import { Choice, Dialog, Field } from '@moviesir/ui'
import { useId, useState } from 'preact/hooks'
import { fieldError } from '../../errors.ts'
import { t } from '../../i18n/index.ts'
import { Form, useSubmit } from '../account/form.tsx'

export const allScopes: Scope[] = ['recommend', 'search', 'movies', 'feedback', 'usage']

interface KeyDialogProps {
  /** The key to change; without it a new one is made. */
  of?: Key
  onClose: () => void
  onMade: (answer: { key: Key; secret: string }) => void
  onChanged: () => void
}

export function KeyDialog({ of: key, onClose, onMade, onChanged }: KeyDialogProps) {
  const words = t().keys
  const id = useId()
  const [name, setName] = useState(key?.name ?? '')
  const [scopes, setScopes] = useState<Scope[]>(key?.scopes ?? allScopes)
  const [addresses, setAddresses] = useState((key?.allowed_addresses ?? []).join('\n'))
  const [expires, setExpires] = useState(key?.expires_at?.slice(0, 10) ?? '')
  const action = useSubmit(async () => {
    const settings = {
      name,
      scopes,
      allowed_addresses: addresses.split(/[\s,]+/).filter(Boolean),
      // To the end of that day, in the time zone of quotas.
      expires_at: expires ? `${expires}T23:59:59+09:00` : null,
    }
    if (key) {
      await keys.change(key.key_id, settings)
      onChanged()
    } else {
      onMade(await keys.create(settings))
    }
  })
  const toggle = (scope: Scope, isOn: boolean) =>
    setScopes(allScopes.filter(known => (known === scope ? isOn : scopes.includes(known))))
  return (
    <Dialog title={key ? words.changeTitle(key.name) : words.create} closeLabel={t().app.close} onClose={onClose}>
      <Form action={action} submit={key ? words.save : words.create} fields={['name', 'expires_at', 'scopes']}>
        <Field
          label={words.name}
          maxLength={50}
          value={name}
          onValue={setName}
          hint={words.nameHint}
          error={fieldError(action.error, 'name')}
          required
        />
        <fieldset class="chips">
          <legend>{words.scopes}</legend>
          {allScopes.map(scope => (
            <Choice key={scope} checked={scopes.includes(scope)} onChecked={isOn => toggle(scope, isOn)}>
              {words.scopeNames[scope]}
            </Choice>
          ))}
        </fieldset>
        {fieldError(action.error, 'scopes') && <p class="field-error">{fieldError(action.error, 'scopes')}</p>}
        <div class="field">
          <label for={`${id}a`}>{words.addresses}</label>
          <textarea
            id={`${id}a`}
            rows={3}
            value={addresses}
            onInput={event => setAddresses(event.currentTarget.value)}
            aria-describedby={`${id}h`}
            spellcheck={false}
          />
          <p class="hint" id={`${id}h`}>
            {words.addressesHint}
          </p>
        </div>
        <div class="field">
          <label for={`${id}e`}>{words.expires}</label>
          <div class="field-box">
            <input id={`${id}e`} type="date" value={expires} onInput={event => setExpires(event.currentTarget.value)} />
          </div>
          <p class="hint">{words.expiresHint}</p>
          {fieldError(action.error, 'expires_at') && <p class="field-error">{fieldError(action.error, 'expires_at')}</p>}
        </div>
      </Form>
    </Dialog>
  )
}
