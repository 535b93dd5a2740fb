import { ApiError } from '@moviesir/api-client'
import { Button, Icon, PasswordField } from '@moviesir/ui'
import type { ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'
import { errorText } from '../../errors.ts'
import { t } from '../../i18n/index.ts'

export const shortestPassword = 8

/** What a form's call ended with: the form shows it, and what was typed stays. */
export function useSubmit(submit: () => Promise<void>) {
  const [state, setState] = useState<{ busy: boolean; error: unknown }>({ busy: false, error: null })
  const run = async () => {
    if (state.busy) return
    setState({ busy: true, error: null })
    try {
      await submit()
      setState({ busy: false, error: null })
    } catch (error) {
      setState({ busy: false, error })
    }
  }
  return { ...state, run }
}

interface FormProps {
  action: ReturnType<typeof useSubmit>
  submit: string
  children: ComponentChildren
  /** Fields whose errors stand beside them, not below the form. */
  fields?: readonly string[]
  isDanger?: boolean
}

export function Form({ action, submit, children, fields = [], isDanger = false }: FormProps) {
  const { error } = action
  const isBeside = error instanceof ApiError && Object.keys(error.fields).some(field => fields.includes(field))
  return (
    <form
      class="form"
      noValidate
      onSubmit={event => {
        event.preventDefault()
        void action.run()
      }}
    >
      {children}
      {error !== null && !isBeside && (
        <p class="form-error" role="alert">
          {errorText(error)}
        </p>
      )}
      <Button type="submit" look={isDanger ? 'danger' : 'main'} busy={action.busy}>
        {submit}
      </Button>
    </form>
  )
}

interface PasswordProps {
  label: string
  value: string
  onValue: (value: string) => void
  isNew?: boolean
  error?: string | null | undefined
}

export function Password({ isNew = false, ...rest }: PasswordProps) {
  const words = t().account
  return (
    <PasswordField
      {...rest}
      autocomplete={isNew ? 'new-password' : 'current-password'}
      hint={isNew ? words.passwordHint(shortestPassword) : undefined}
      showLabel={words.show}
      hideLabel={words.hide}
      required
    />
  )
}

/** A note of what has been done, with the same weight as a form. */
export function Done({ title, children }: { title: string; children: ComponentChildren }) {
  return (
    <div class="done" role="status">
      <Icon name="check" />
      <div>
        <b>{title}</b>
        {children}
      </div>
    </div>
  )
}
