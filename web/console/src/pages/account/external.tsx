import { auth } from '@moviesir/api-client/console'
import { Button, ErrorNote, Field, Heading, Link, language, navigate, query, toast, useLoad, Waiting } from '@moviesir/ui'
import { useState } from 'preact/hooks'
import { errorText, fieldError } from '../../errors.ts'
import { t } from '../../i18n/index.ts'
import { setMe } from '../../session.ts'
import { Form, useSubmit } from './form.tsx'

const names: Record<string, string> = { google: 'Google', github: 'GitHub' }
export const providerName = (provider: string): string => names[provider] ?? provider

/** Goes to another service's page, whose address a call begins with. */
export async function goTo(begin: () => Promise<{ address: string }>): Promise<void> {
  try {
    window.location.assign((await begin()).address)
  } catch (error) {
    toast(errorText(error))
  }
}

/** Sign-in by other services; nothing, where none is set up. */
export function OtherServices({ isRemembered }: { isRemembered: boolean }) {
  const words = t().external
  const loaded = useLoad(signal => auth.providers(signal), null)
  if (!loaded.data?.providers.length) return null
  return (
    <div class="others">
      <p class="others-or">{words.or}</p>
      {loaded.data.providers.map(provider => (
        <Button key={provider} onClick={() => void goTo(() => auth.start(provider, isRemembered, language.value))}>
          {words.goOnWith(providerName(provider))}
        </Button>
      ))}
    </div>
  )
}

/** Where somebody who is new comes back to from another service. */
export function NameCompany() {
  const words = t().external
  const [company, setCompany] = useState('')
  const waiting = useLoad(signal => auth.externalSignUp(signal), null)
  const action = useSubmit(async () => {
    setMe(await auth.confirmExternal(company))
    navigate('/keys', { replace: true })
  })
  return (
    <div class="card gate-card">
      <Heading>{t().account.signUp}</Heading>
      {waiting.data ? (
        <>
          <p class="lead">{words.newLead(providerName(waiting.data.provider), waiting.data.email)}</p>
          <Form action={action} submit={t().account.signUp} fields={['company']}>
            <Field
              label={t().account.company}
              autocomplete="organization"
              maxLength={100}
              value={company}
              onValue={setCompany}
              error={fieldError(action.error, 'company')}
              required
            />
          </Form>
        </>
      ) : waiting.error ? (
        <ErrorNote error={waiting.error} />
      ) : (
        <Waiting />
      )}
      <p class="gate-links">
        <Link to="/">{t().account.toSignIn}</Link>
      </p>
    </div>
  )
}

type Failure = keyof ReturnType<typeof t>['external']['failures']

/** Where a sign-in that came to nothing comes back to. */
export function CameToNothing() {
  const words = t().external
  const asked = query.value.get('failed') ?? ''
  const failure: Failure = asked in words.failures ? (asked as Failure) : 'unavailable'
  return (
    <div class="card gate-card">
      <Heading>{words.failed}</Heading>
      <p role="alert">{words.failures[failure](providerName(query.value.get('provider') ?? ''))}</p>
      <p class="gate-links">
        <Link to="/">{t().account.toSignIn}</Link>
        <Link to="/settings">{t().app.pages.settings}</Link>
      </p>
    </div>
  )
}
