import { auth } from '@moviesir/api-client'
import { Button, Choice, dateText, Field, Link, navigate, PasswordField } from '@moviesir/ui'
import { useState } from 'preact/hooks'
import { t } from '../../i18n/index.ts'
import { loadMe } from '../../session.ts'
import { emailProblem, useSubmission } from './checks.ts'
import { FormPage } from './form.tsx'

export function SignIn() {
  const words = t().account
  const form = useSubmission()
  const [email, setEmail] = useState('')
  const [password, setPassword] = useState('')
  const [isRemembered, setRemembered] = useState(true)
  const [restorableUntil, setRestorableUntil] = useState<string | null>(null)

  const enter = (tell: typeof auth.login) => {
    const isComplete = form.setFields({ email: emailProblem(email), password: password === '' ? words.required : null })
    if (!isComplete) return
    void form.run(
      async () => {
        const { user } = await tell({ email: email.trim(), password, remember_me: isRemembered })
        await loadMe()
        navigate(user.onboarding_completed ? '/' : '/welcome', { replace: true })
      },
      error => {
        if (error.code === 'ACCOUNT_DELETED') setRestorableUntil(String(error.details.restorable_until ?? ''))
        return error.code === 'INVALID_CREDENTIALS' ? words.wrong : error.code === 'ACCOUNT_DELETED' ? ' ' : null
      },
    )
  }

  return (
    <FormPage
      title={words.signInTitle}
      error={restorableUntil ? null : form.error}
      onSubmit={() => enter(auth.login)}
      foot={
        <>
          <Link to="/reset">{words.forgot}</Link>
          <p>
            {words.noAccount} <Link to="/join">{t().app.join}</Link>
          </p>
        </>
      }
    >
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
      <PasswordField
        label={words.password}
        name="password"
        autocomplete="current-password"
        value={password}
        onValue={setPassword}
        error={form.fields.password}
        showLabel={words.show}
        hideLabel={words.hide}
      />
      <Choice checked={isRemembered} onChecked={setRemembered}>
        {words.remember}
      </Choice>
      <Button type="submit" look="main" busy={form.isBusy}>
        {words.signIn}
      </Button>
      {restorableUntil !== null && (
        <div class="error-note" role="alert">
          <p>{words.deleted(restorableUntil ? dateText(new Date(restorableUntil)) : '')}</p>
          <Button onClick={() => enter(auth.restore)} busy={form.isBusy}>
            {words.restore}
          </Button>
        </div>
      )}
    </FormPage>
  )
}
