import { auth } from '@moviesir/api-client/console'
import { Button, Field, Heading, Link, language, navigate, toast } from '@moviesir/ui'
import { useEffect, useState } from 'preact/hooks'
import { errorText, fieldError } from '../../errors.ts'
import { t } from '../../i18n/index.ts'
import { setMe } from '../../session.ts'
import { OtherServices } from './external.tsx'
import { Form, Password, useSubmit } from './form.tsx'

interface Asked {
  email: string
  expiresAt: number
  resendAt: number
}

const asked = (answer: { email: string; expires_in: number; resend_after: number }): Asked => ({
  email: answer.email,
  expiresAt: Date.now() + answer.expires_in * 1000,
  resendAt: Date.now() + answer.resend_after * 1000,
})

export function SignUp() {
  const [waiting, setWaiting] = useState<Asked | null>(null)
  return (
    <div class="card gate-card">
      {waiting ? (
        <Code waiting={waiting} onResent={setWaiting} onBack={() => setWaiting(null)} />
      ) : (
        <Details onAsked={setWaiting} />
      )}
    </div>
  )
}

function Details({ onAsked }: { onAsked: (waiting: Asked) => void }) {
  const words = t().account
  const [company, setCompany] = useState('')
  const [email, setEmail] = useState('')
  const [password, setPassword] = useState('')
  const action = useSubmit(async () =>
    onAsked(asked(await auth.register({ email, password, company, language: language.value }))),
  )
  return (
    <>
      <Heading>{words.signUp}</Heading>
      <p class="lead">{words.signUpLead}</p>
      <Form action={action} submit={words.sendCode} fields={['company', 'email', 'password']}>
        <Field
          label={words.company}
          autocomplete="organization"
          maxLength={100}
          value={company}
          onValue={setCompany}
          error={fieldError(action.error, 'company')}
          required
        />
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
        <Password
          label={words.password}
          value={password}
          onValue={setPassword}
          error={fieldError(action.error, 'password')}
          isNew
        />
      </Form>
      <OtherServices isRemembered />
      <p class="gate-links">
        <Link to="/">{words.toSignIn}</Link>
      </p>
    </>
  )
}

interface CodeProps {
  waiting: Asked
  onResent: (waiting: Asked) => void
  onBack: () => void
}

function Code({ waiting, onResent, onBack }: CodeProps) {
  const words = t().account
  const [code, setCode] = useState('')
  const now = useClock()
  const action = useSubmit(async () => {
    setMe(await auth.confirm(code))
    navigate('/keys', { replace: true })
  })
  const resend = async () => {
    try {
      onResent(asked(await auth.resend()))
      toast(words.resent)
    } catch (error) {
      toast(errorText(error))
    }
  }
  const left = Math.max(0, Math.ceil((waiting.expiresAt - now) / 1000))
  const rest = Math.max(0, Math.ceil((waiting.resendAt - now) / 1000))
  return (
    <>
      <Heading>{words.codeTitle}</Heading>
      <p class="lead">{words.codeLead(waiting.email)}</p>
      <Form action={action} submit={words.confirm} fields={['code']}>
        <Field
          label={words.code}
          inputMode="numeric"
          autocomplete="one-time-code"
          maxLength={6}
          value={code}
          onValue={value => setCode(value.replace(/\D/g, ''))}
          hint={left > 0 ? words.codeLeft(`${Math.floor(left / 60)}:${String(left % 60).padStart(2, '0')}`) : words.codeOver}
          error={fieldError(action.error, 'code')}
          required
        />
      </Form>
      <p class="gate-links">
        <Button look="quiet" onClick={() => void resend()} disabled={rest > 0}>
          {rest > 0 ? words.resendIn(rest) : words.resend}
        </Button>
        <Button look="quiet" onClick={onBack}>
          {words.changeEmail}
        </Button>
      </p>
    </>
  )
}

function useClock(): number {
  const [now, setNow] = useState(Date.now())
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1000)
    return () => clearInterval(timer)
  }, [])
  return now
}
