import { type PendingSignUp, registration } from '@moviesir/api-client'
import { Button, Field, Link, language, navigate, PasswordField, toast } from '@moviesir/ui'
import { useEffect, useState } from 'preact/hooks'
import { t } from '../../i18n/index.ts'
import { loadMe } from '../../session.ts'
import { figures } from '../../time/format.ts'
import { emailProblem, nicknameProblem, passwordProblem, useSubmission } from './checks.ts'
import { FormPage } from './form.tsx'

interface Entries {
  email: string
  nickname: string
  password: string
}

export function Join() {
  const [entries, setEntries] = useState<Entries>({ email: '', nickname: '', password: '' })
  const [pending, setPending] = useState<PendingSignUp | null>(null)
  return pending ? (
    <Code pending={pending} onBack={() => setPending(null)} />
  ) : (
    <Start entries={entries} onEntries={setEntries} onSent={setPending} />
  )
}

interface StartProps {
  entries: Entries
  onEntries: (entries: Entries) => void
  onSent: (pending: PendingSignUp) => void
}

function Start({ entries, onEntries, onSent }: StartProps) {
  const words = t().account
  const form = useSubmission()
  const [isFree, setFree] = useState<boolean | null>(null)
  const set = (change: Partial<Entries>) => onEntries({ ...entries, ...change })

  const checkNickname = () => {
    if (nicknameProblem(entries.nickname)) return
    registration.nickname(entries.nickname.trim()).then(
      answer => setFree(answer.available),
      () => setFree(null), // sending the form asks again
    )
  }
  const send = () => {
    const { email, nickname, password } = entries
    if (!form.setFields({ email: emailProblem(email), nickname: nicknameProblem(nickname), password: passwordProblem(password) }))
      return
    void form.run(
      async () =>
        onSent(
          await registration.request({ email: email.trim(), nickname: nickname.trim(), password, language: language.value }),
        ),
      error => {
        if (error.code !== 'NICKNAME_TAKEN') return null
        setFree(false)
        return words.nicknameTaken
      },
    )
  }

  return (
    <FormPage
      title={words.joinTitle}
      lead={words.joinLead}
      error={form.error}
      onSubmit={send}
      foot={
        <p>
          {words.haveAccount} <Link to="/signin">{words.signIn}</Link>
        </p>
      }
    >
      <Field
        label={words.email}
        type="email"
        name="email"
        autocomplete="username"
        inputMode="email"
        value={entries.email}
        onValue={email => set({ email })}
        error={form.fields.email}
      />
      <Field
        label={words.nickname}
        name="nickname"
        autocomplete="nickname"
        value={entries.nickname}
        onValue={nickname => {
          setFree(null)
          set({ nickname })
        }}
        onBlur={checkNickname}
        hint={isFree ? words.nicknameFree : words.nicknameHint}
        error={form.fields.nickname ?? (isFree === false ? words.nicknameTaken : null)}
      />
      <PasswordField
        label={words.password}
        name="password"
        autocomplete="new-password"
        value={entries.password}
        onValue={password => set({ password })}
        hint={words.passwordHint}
        error={form.fields.password}
        showLabel={words.show}
        hideLabel={words.hide}
      />
      <Button type="submit" look="main" busy={form.isBusy}>
        {words.sendCode}
      </Button>
    </FormPage>
  )
}

function Code({ pending, onBack }: { pending: PendingSignUp; onBack: () => void }) {
  const words = t().account
  const form = useSubmission()
  const [code, setCode] = useState('')
  const [sentAt, setSentAt] = useState(Date.now())
  const [now, setNow] = useState(Date.now())
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1000)
    return () => clearInterval(timer)
  }, [])
  const passed = Math.max(0, Math.floor((now - sentAt) / 1000))
  const left = pending.expires_in - passed
  const resendIn = pending.resend_after - passed

  const confirm = () => {
    const digits = code.replace(/\D/g, '')
    if (!form.setFields({ code: digits.length === 6 ? null : words.required })) return
    void form.run(
      async () => {
        await registration.confirm(digits)
        await loadMe()
        navigate('/welcome', { replace: true })
      },
      error =>
        error.code === 'CODE_INVALID'
          ? words.codeWrong(Number(error.details.tries_left ?? 0))
          : error.code === 'CODE_EXPIRED'
            ? words.codeExpired
            : error.code === 'NICKNAME_TAKEN'
              ? words.nicknameTaken
              : null,
    )
  }
  const resend = () =>
    void form.run(async () => {
      await registration.resend()
      setSentAt(Date.now())
      setCode('')
      toast(words.resent)
    })

  return (
    <FormPage title={words.codeTitle} lead={words.codeLead(pending.email)} error={form.error} onSubmit={confirm}>
      <Field
        label={words.code}
        name="code"
        autocomplete="one-time-code"
        inputMode="numeric"
        maxLength={7}
        value={code}
        onValue={setCode}
        hint={left > 0 ? words.codeLeft(figures(left)) : words.codeExpired}
        error={form.fields.code}
      />
      <Button type="submit" look="main" busy={form.isBusy}>
        {words.finish}
      </Button>
      <div class="form-row">
        <Button look="quiet" aria-disabled={resendIn > 0 || undefined} onClick={() => resendIn <= 0 && resend()}>
          {resendIn > 0 ? words.resendIn(resendIn) : words.resend}
        </Button>
        <Button look="quiet" onClick={onBack}>
          {words.changeEntries}
        </Button>
      </div>
    </FormPage>
  )
}
