import { auth } from '@moviesir/api-client/console'
import { Field, Heading, Link, useToken } from '@moviesir/ui'
import { useState } from 'preact/hooks'
import { fieldError } from '../../errors.ts'
import { t } from '../../i18n/index.ts'
import { Done, Form, Password, useSubmit } from './form.tsx'

export function Forgot() {
  const words = t().account
  const [email, setEmail] = useState('')
  const [isSent, setSent] = useState(false)
  const action = useSubmit(async () => {
    await auth.requestReset(email)
    setSent(true)
  })
  return (
    <div class="card gate-card">
      <Heading>{words.forgot}</Heading>
      {isSent ? (
        <Done title={words.forgotSent}>
          <p>{words.forgotSentText(email)}</p>
        </Done>
      ) : (
        <>
          <p class="lead">{words.forgotLead}</p>
          <Form action={action} submit={words.sendLink} fields={['email']}>
            <Field
              label={words.email}
              type="email"
              autocomplete="username"
              inputMode="email"
              value={email}
              onValue={setEmail}
              error={fieldError(action.error, 'email')}
              required
            />
          </Form>
        </>
      )}
      <p class="gate-links">
        <Link to="/">{words.toSignIn}</Link>
      </p>
    </div>
  )
}

export function Reset() {
  const words = t().account
  const token = useToken() ?? ''
  const [password, setPassword] = useState('')
  const [isDone, setDone] = useState(false)
  const action = useSubmit(async () => {
    await auth.reset(token, password)
    setDone(true)
  })
  return (
    <div class="card gate-card">
      <Heading>{words.reset}</Heading>
      {isDone ? (
        <Done title={words.resetDone}>
          <p>{words.resetDoneText}</p>
        </Done>
      ) : (
        <Form action={action} submit={words.setPassword} fields={['password']}>
          <Password
            label={words.newPassword}
            value={password}
            onValue={setPassword}
            error={fieldError(action.error, 'password')}
            isNew
          />
        </Form>
      )}
      <p class="gate-links">
        <Link to="/">{words.toSignIn}</Link>
      </p>
    </div>
  )
}
