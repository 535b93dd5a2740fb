import { auth } from '@moviesir/api-client/console'
import { Field, Heading, Link } from '@moviesir/ui'
import { useState } from 'preact/hooks'
import { t } from '../../i18n/index.ts'
import { setMe } from '../../session.ts'
import { OtherServices } from './external.tsx'
import { Form, Password, useSubmit } from './form.tsx'

/** Stands in the place of the page that was asked for; after the sign-in that page is there. */
export function SignIn() {
  const words = t().account
  const [email, setEmail] = useState('')
  const [password, setPassword] = useState('')
  const [isRemembered, setRemembered] = useState(true)
  const action = useSubmit(async () => setMe(await auth.signIn({ email, password, remember_me: isRemembered })))
  return (
    <div class="card gate-card">
      <Heading>{words.signIn}</Heading>
      <p class="lead">{words.signInLead}</p>
      <Form action={action} submit={words.signIn}>
        <Field
          label={words.email}
          type="email"
          autocomplete="username"
          inputMode="email"
          value={email}
          onValue={setEmail}
          required
        />
        <Password label={words.password} value={password} onValue={setPassword} />
        <label class="check">
          <input type="checkbox" checked={isRemembered} onChange={event => setRemembered(event.currentTarget.checked)} />
          <span>{words.remember}</span>
        </label>
      </Form>
      <OtherServices isRemembered={isRemembered} />
      <p class="gate-links">
        <Link to="/sign-up">{words.toSignUp}</Link>
        <Link to="/forgot">{words.toForgot}</Link>
      </p>
    </div>
  )
}
