import { auth } from '@moviesir/api-client'
import { Button, Field, navigate, PasswordField, toast, useToken } from '@moviesir/ui'
import { useState } from 'preact/hooks'
import { t } from '../../i18n/index.ts'
import { loadMe } from '../../session.ts'
import { emailProblem, passwordProblem, useSubmission } from './checks.ts'
import { FormPage } from './form.tsx'

/** Asks for a link; the link leads here again, with its token behind the "#", where no server sees it. */
export function Reset() {
  const token = useToken()
  return token ? <NewPassword token={token} /> : <AskForLink />
}

function AskForLink() {
  const words = t().account
  const form = useSubmission()
  const [email, setEmail] = useState('')
  const [isSent, setSent] = useState(false)
  const send = () => {
    if (!form.setFields({ email: emailProblem(email) })) return
    void form.run(async () => {
      await auth.requestReset(email.trim())
      setSent(true)
    })
  }
  return (
    <FormPage title={words.resetTitle} lead={words.resetLead} error={form.error} onSubmit={send}>
      <Field
        label={words.email}
        type="email"
        name="email"
        autocomplete="username"
        inputMode="email"
        value={email}
        onValue={setEmail}
        error={form.fields.email}
      />
      <Button type="submit" look="main" busy={form.isBusy}>
        {words.resetSend}
      </Button>
      {isSent && (
        <p class="note" role="status">
          {words.resetSent}
        </p>
      )}
    </FormPage>
  )
}

function NewPassword({ token }: { token: string }) {
  const words = t().account
  const form = useSubmission()
  const [password, setPassword] = useState('')
  const save = () => {
    if (!form.setFields({ password: passwordProblem(password) })) return
    void form.run(
      async () => {
        await auth.confirmReset(token, password)
        await loadMe()
        toast(words.resetDone)
        navigate('/signin', { replace: true })
      },
      error => (error.code === 'LINK_INVALID' ? words.linkInvalid : null),
    )
  }
  return (
    <FormPage title={words.resetTitle} error={form.error} onSubmit={save}>
      <PasswordField
        label={words.newPassword}
        name="password"
        autocomplete="new-password"
        value={password}
        onValue={setPassword}
        hint={words.passwordHint}
        error={form.fields.password}
        showLabel={words.show}
        hideLabel={words.hide}
      />
      <Button type="submit" look="main" busy={form.isBusy}>
        {words.resetSave}
      </Button>
    </FormPage>
  )
}
