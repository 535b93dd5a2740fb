import { auth, me as meCalls } from '@moviesir/api-client/console'
import { Button, Field, Heading, navigate, numberText, Pending, toast, useLoad } from '@moviesir/ui'
import { useState } from 'preact/hooks'
import { fieldError } from '../errors.ts'
import { t } from '../i18n/index.ts'
import { forgetMe, may, setMe, signedIn } from '../session.ts'
import { goTo, providerName } from './account/external.tsx'
import { Form, Password, useSubmit } from './account/form.tsx'
import { act } from './act.ts'
import { dayText, momentText } from './charts.tsx'
import { signOut } from './more.tsx'

export function Settings() {
  const words = t().settings
  const { member, company } = signedIn()
  return (
    <div class="page">
      <div class="page-head">
        <Heading>{words.title}</Heading>
        <Button onClick={() => void signOut()}>{t().app.signOut}</Button>
      </div>
      <section class="card">
        <h2>{company.name}</h2>
        <dl class="facts">
          <div>
            <dt>{words.plan}</dt>
            <dd>{t().plans[company.plan]}</dd>
          </div>
          <div>
            <dt>{words.perDay}</dt>
            <dd>{numberText(company.calls_per_day)}</dd>
          </div>
          <div>
            <dt>{words.perSecond}</dt>
            <dd>{numberText(company.calls_per_second)}</dd>
          </div>
          <div>
            <dt>{words.since}</dt>
            <dd>{dayText(company.created_at.slice(0, 10), { dateStyle: 'long' })}</dd>
          </div>
          <div>
            <dt>{words.you}</dt>
            <dd>
              {member.email}, {t().roles[member.role]}
            </dd>
          </div>
        </dl>
        {may('owner') && <CompanyName />}
      </section>
      <SignInWays />
      <Devices />
      {may('owner') && <DeleteCompany />}
    </div>
  )
}

function CompanyName() {
  const words = t().settings
  const [name, setName] = useState(signedIn().company.name)
  const action = useSubmit(async () => {
    setMe(await meCalls.renameCompany(name))
    toast(words.saved)
  })
  return (
    <Form action={action} submit={words.save} fields={['name']}>
      <Field
        label={t().account.company}
        maxLength={100}
        value={name}
        onValue={setName}
        error={fieldError(action.error, 'name')}
        required
      />
    </Form>
  )
}

/** The password, and other services; one who came from such a service has no password yet. */
function SignInWays() {
  const words = t().settings
  const { member } = signedIn()
  const loaded = useLoad(async signal => {
    const [ways, offered] = await Promise.all([meCalls.identities(signal), auth.providers(signal)])
    return { ...ways, providers: offered.providers }
  }, null)
  const sendLink = async () => {
    await auth.requestReset(member.email)
    toast(words.linkSent(member.email))
  }
  if (!loaded.data) return <Pending of={loaded} />
  const { has_password: hasPassword, identities, providers } = loaded.data
  const linked = identities.map(identity => identity.provider)
  return (
    <>
      {hasPassword ? (
        <ChangePassword />
      ) : (
        <section class="card">
          <h2>{words.password}</h2>
          <p>{words.noPassword}</p>
          <Button onClick={() => void act(sendLink, loaded.reload)}>{words.sendLink}</Button>
        </section>
      )}
      {providers.length + linked.length > 0 && (
        <section class="card">
          <h2>{words.services}</h2>
          <ul class="rule-list">
            {identities.map(identity => (
              <li key={identity.provider}>
                <span>
                  <b>{providerName(identity.provider)}</b> <small>{identity.email}</small>
                </span>
                <Button onClick={() => void act(() => meCalls.unlink(identity.provider), loaded.reload)}>{words.unlink}</Button>
              </li>
            ))}
            {providers
              .filter(provider => !linked.includes(provider))
              .map(provider => (
                <li key={provider}>
                  <b>{providerName(provider)}</b>
                  <Button onClick={() => void goTo(() => meCalls.link(provider))}>{words.link}</Button>
                </li>
              ))}
          </ul>
        </section>
      )}
    </>
  )
}

function ChangePassword() {
  const words = t().settings
  const [current, setCurrent] = useState('')
  const [password, setPassword] = useState('')
  const action = useSubmit(async () => {
    await meCalls.changePassword(current, password)
    setCurrent('')
    setPassword('')
    toast(words.passwordChanged)
  })
  return (
    <section class="card">
      <h2>{words.password}</h2>
      <Form action={action} submit={words.changePassword} fields={['current_password', 'password']}>
        <Password
          label={words.currentPassword}
          value={current}
          onValue={setCurrent}
          error={fieldError(action.error, 'current_password')}
        />
        <Password
          label={t().account.newPassword}
          value={password}
          onValue={setPassword}
          error={fieldError(action.error, 'password')}
          isNew
        />
      </Form>
    </section>
  )
}

function Devices() {
  const words = t().settings
  const loaded = useLoad(signal => auth.devices(signal), null)
  return (
    <section class="card">
      <h2>{words.devices}</h2>
      <Pending of={loaded} />
      <ul class="rule-list">
        {loaded.data?.sessions.map(device => (
          <li key={device.session_id}>
            <span>
              <b>{device.device}</b> <small>{device.current ? words.thisDevice : momentText(device.last_seen_at)}</small>
            </span>
            {!device.current && (
              <Button onClick={() => void act(() => auth.endDevice(device.session_id), loaded.reload)}>{words.endDevice}</Button>
            )}
          </li>
        ))}
      </ul>
      {(loaded.data?.sessions.length ?? 0) > 1 && (
        <Button onClick={() => void act(auth.endOthers, loaded.reload)}>{words.endOthers}</Button>
      )}
    </section>
  )
}

/** Typed, so that nobody does it by a slip. */
function DeleteCompany() {
  const words = t().settings
  const { company } = signedIn()
  const [name, setName] = useState('')
  const action = useSubmit(async () => {
    await meCalls.deleteCompany(name)
    forgetMe()
    navigate('/', { replace: true })
    toast(words.deleted)
  })
  return (
    <section class="card danger">
      <h2>{words.deleteTitle}</h2>
      <p>{words.deleteText}</p>
      <Form action={action} submit={words.deleteTitle} fields={['name']} isDanger>
        <Field
          label={words.deleteName(company.name)}
          value={name}
          onValue={setName}
          error={fieldError(action.error, 'name')}
          autocomplete="off"
          required
        />
      </Form>
    </section>
  )
}
