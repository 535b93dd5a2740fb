import type { ComponentChildren } from 'preact'
import { useId, useState } from 'preact/hooks'
import { IconButton } from './button.tsx'

interface FieldProps {
  label: string
  value: string
  onValue: (value: string) => void
  hint?: string | undefined
  error?: string | null | undefined
  type?: 'text' | 'email' | 'password' | 'time' | 'search'
  name?: string
  autocomplete?: string
  inputMode?: 'numeric' | 'email' | 'search' | 'text'
  enterkeyhint?: 'done' | 'search' | 'go'
  placeholder?: string
  maxLength?: number
  readOnly?: boolean
  required?: boolean
  onBlur?: () => void
  onFocus?: (event: { currentTarget: HTMLInputElement }) => void
  onKeyDown?: (event: KeyboardEvent) => void
  children?: ComponentChildren
}

/** A labeled input. Its error is tied to it and read out; what was typed stays. */
export function Field({ label, value, onValue, hint, error, children, ...rest }: FieldProps) {
  const id = useId()
  const described = [hint && `${id}h`, error && `${id}e`].filter(Boolean).join(' ')
  return (
    <div class={`field ${error ? 'field-wrong' : ''}`}>
      <label for={id}>{label}</label>
      <div class="field-box">
        <input
          {...(rest as object)}
          id={id}
          value={value}
          onInput={event => onValue(event.currentTarget.value)}
          aria-invalid={error ? true : undefined}
          aria-describedby={described || undefined}
        />
        {children}
      </div>
      {hint && (
        <p id={`${id}h`} class="hint">
          {hint}
        </p>
      )}
      {error && (
        <p id={`${id}e`} class="field-error" role="alert">
          {error}
        </p>
      )}
    </div>
  )
}

/** A password, which can be shown. */
export function PasswordField({ showLabel, hideLabel, ...rest }: FieldProps & { showLabel: string; hideLabel: string }) {
  const [isShown, setShown] = useState(false)
  return (
    <Field {...rest} type={isShown ? 'text' : 'password'}>
      <IconButton icon="eye" label={isShown ? hideLabel : showLabel} aria-pressed={isShown} onClick={() => setShown(!isShown)} />
    </Field>
  )
}
