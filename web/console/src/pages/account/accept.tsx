import { members } from '@moviesir/api-client/console'
import { ErrorNote, Heading, Link, language, navigate, useLoad, useToken, Waiting } from '@moviesir/ui'
import { useState } from 'preact/hooks'
import { fieldError } from '../../errors.ts'
import { t } from '../../i18n/index.ts'
import { setMe } from '../../session.ts'
import { Form, Password, useSubmit } from './form.tsx'

/** Where the link of an invitation leads. */
export function Accept() {
  const words = t().account
  const token = useToken() ?? ''
  const [password, setPassword] = useState('')
  const invitation = useLoad(() => members.look(token), token)
  const action = useSubmit(async () => {
    setMe(await members.accept(token, password, language.value))
    navigate('/', { replace: true })
  })
  return (
    <div class="card gate-card">
      <Heading>{words.invitation}</Heading>
      {invitation.data ? (
        <>
          <p class="lead">
            {words.invitationLead(invitation.data.company, t().roles[invitation.data.role], invitation.data.email)}
          </p>
          <Form action={action} submit={words.join} fields={['password']}>
            <Password
              label={words.newPassword}
              value={password}
              onValue={setPassword}
              error={fieldError(action.error, 'password')}
              isNew
            />
          </Form>
        </>
      ) : invitation.error ? (
        <ErrorNote error={invitation.error} />
      ) : (
        <Waiting />
      )}
      <p class="gate-links">
        <Link to="/">{words.toSignIn}</Link>
      </p>
    </div>
  )
}
