import { mypage } from '@moviesir/api-client'
import { Button, dateText, Field, navigate, PasswordField, toast } from '@moviesir/ui'
import type { ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'
import { t } from '../../i18n/index.ts'
import { loadMe, me } from '../../session.ts'
import { forget } from '../../ticket/store.ts'
import { emailProblem, nicknameProblem, passwordProblem, type Submission, useSubmission } from '../account/checks.ts'

interface RowProps {
  form: Submission
  label: string
  look?: 'plain' | 'danger'
  onSubmit: () => void
  children: ComponentChildren
}

function Row({ form, label, look = 'plain', onSubmit, children }: RowProps) {
  return (
    <form
      class="settings-row"
      noValidate
      onSubmit={event => {
        event.preventDefault()
        onSubmit()
      }}
    >
      {children}
      {form.error && (
        <p class="field-error" role="alert">
          {form.error}
        </p>
      )}
      <Button type="submit" look={look} busy={form.isBusy}>
        {label}
      </Button>
    </form>
  )
}

export function NewNickname() {
  const words = t().account
  const form = useSubmission()
  const [nickname, setNickname] = useState(me.value?.user?.nickname ?? '')
  const save = () => {
    if (!form.setFields({ nickname: nicknameProblem(nickname) })) return
    void form.run(
      async () => {
        await mypage.setNickname(nickname.trim())
        await loadMe()
        toast(t().me.saved)
      },
      error => (error.code === 'NICKNAME_TAKEN' ? words.nicknameTaken : null),
    )
  }
  return (
    <Row form={form} label={t().app.save} onSubmit={save}>
      <Field
        label={words.nickname}
        value={nickname}
        onValue={setNickname}
        hint={words.nicknameHint}
        error={form.fields.nickname}
        autocomplete="nickname"
      />
    </Row>
  )
}

export function NewEmail() {
  const words = t().account
  const form = useSubmission()
  const [email, setEmail] = useState('')
  const [password, setPassword] = useState('')
  const [sentTo, setSentTo] = useState<string | null>(null)
  const send = () => {
    if (!form.setFields({ new_email: emailProblem(email), password: password === '' ? words.required : null })) return
    void form.run(async () => {
      await mypage.requestEmail(email.trim(), password)
      setSentTo(email.trim())
      setPassword('')
    }, wrongPassword)
  }
  return (
    <Row form={form} label={t().me.changeEmail} onSubmit={send}>
      <p class="facts">{me.value?.user?.email}</p>
      <Field
        label={t().me.newEmail}
        type="email"
        value={email}
        onValue={setEmail}
        error={form.fields.new_email}
        autocomplete="email"
      />
      <CurrentPassword value={password} onValue={setPassword} error={form.fields.password} />
      {sentTo && (
        <p class="note" role="status">
          {t().me.emailSent(sentTo)}
        </p>
      )}
    </Row>
  )
}

export function NewPassword() {
  const words = t().account
  const form = useSubmission()
  const [current, setCurrent] = useState('')
  const [next, setNext] = useState('')
  const save = () => {
    const isComplete = form.setFields({
      current_password: current === '' ? words.required : null,
      new_password: passwordProblem(next),
    })
    if (!isComplete) return
    void form.run(async () => {
      await mypage.setPassword(current, next)
      setCurrent('')
      setNext('')
      toast(t().me.passwordChanged)
    }, wrongPassword)
  }
  return (
    <Row form={form} label={t().me.changePassword} onSubmit={save}>
      <CurrentPassword value={current} onValue={setCurrent} error={form.fields.current_password} />
      <PasswordField
        label={words.newPassword}
        autocomplete="new-password"
        value={next}
        onValue={setNext}
        hint={words.passwordHint}
        error={form.fields.new_password}
        showLabel={words.show}
        hideLabel={words.hide}
      />
    </Row>
  )
}

export function Leave() {
  const form = useSubmission()
  const [password, setPassword] = useState('')
  const leave = () => {
    if (!form.setFields({ password: password === '' ? t().account.required : null })) return
    void form.run(async () => {
      const { restorable_until } = await mypage.remove(password)
      forget()
      await loadMe()
      toast(t().me.left(dateText(new Date(restorable_until))))
      navigate('/', { replace: true })
    }, wrongPassword)
  }
  return (
    <Row form={form} label={t().me.leaveDo} look="danger" onSubmit={leave}>
      <p>{t().me.leaveHint}</p>
      <CurrentPassword value={password} onValue={setPassword} error={form.fields.password} />
    </Row>
  )
}

interface PasswordProps {
  value: string
  onValue: (value: string) => void
  error: string | undefined
}

function CurrentPassword({ value, onValue, error }: PasswordProps) {
  const words = t().account
  return (
    <PasswordField
      label={words.currentPassword}
      autocomplete="current-password"
      value={value}
      onValue={onValue}
      error={error}
      showLabel={words.show}
      hideLabel={words.hide}
    />
  )
}

function wrongPassword(error: { code: string }): string | null {
  return error.code === 'WRONG_PASSWORD' ? t().account.passwordWrong : null
}
