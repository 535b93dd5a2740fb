import { type Invitation, type Member, members, type Role } from '@moviesir/api-client/console'
import { Button, Field, Heading, Pending, toast, useLoad } from '@moviesir/ui'
import { useState } from 'preact/hooks'
import { fieldError } from '../errors.ts'
import { t } from '../i18n/index.ts'
import { may } from '../session.ts'
import { Form, useSubmit } from './account/form.tsx'
import { act } from './act.ts'
import { Audit } from './audit.tsx'
import { momentText } from './charts.tsx'
import { Confirm } from './confirm.tsx'

const roles: Role[] = ['owner', 'developer', 'viewer']

export function Members() {
  const words = t().members
  const loaded = useLoad(signal => members.list(signal), null)
  const [leaving, setLeaving] = useState<Member | null>(null)
  return (
    <div class="page">
      <Heading>{words.title}</Heading>
      <p class="lead">{words.lead}</p>
      {may('owner') && <Invite onInvited={loaded.reload} />}
      <Pending of={loaded} />
      <ul class="cards">
        {loaded.data?.members.map(member => (
          <li key={member.member_id} class="card person">
            <div>
              <b>{member.email}</b>
              {member.is_you && <small> {words.you}</small>}
              <p class="hint">
                {words.joined(momentText(member.joined_at, { year: 'numeric' }))}
                {member.last_seen_at && ` · ${words.seen(momentText(member.last_seen_at))}`}
              </p>
            </div>
            {may('owner') ? (
              <RoleChoice
                member={member}
                onRole={role => void act(() => members.setRole(member.member_id, role), loaded.reload)}
              />
            ) : (
              <span>{t().roles[member.role]}</span>
            )}
            {may('owner') && !member.is_you && (
              <Button look="danger" onClick={() => setLeaving(member)}>
                {words.remove}
              </Button>
            )}
          </li>
        ))}
        {loaded.data?.invitations.map(invitation => (
          <Invited
            key={invitation.invitation_id}
            invitation={invitation}
            onWithdraw={() => void act(() => members.withdraw(invitation.invitation_id), loaded.reload)}
          />
        ))}
      </ul>
      {may('owner') && <Audit />}
      {leaving && (
        <Confirm
          title={words.removeTitle(leaving.email)}
          text={words.removeText}
          confirm={words.remove}
          onClose={() => setLeaving(null)}
          onConfirm={async () => {
            await members.remove(leaving.member_id)
            setLeaving(null)
            loaded.reload()
          }}
        />
      )}
    </div>
  )
}

function RoleChoice({ member, onRole }: { member: Member; onRole: (role: Role) => void }) {
  return (
    <select
      class="role"
      aria-label={t().members.roleOf(member.email)}
      value={member.role}
      onChange={event => onRole(event.currentTarget.value as Role)}
    >
      {roles.map(role => (
        <option key={role} value={role}>
          {t().roles[role]}
        </option>
      ))}
    </select>
  )
}

function Invited({ invitation, onWithdraw }: { invitation: Invitation; onWithdraw: () => void }) {
  const words = t().members
  return (
    <li class="card person">
      <div>
        <b>{invitation.email}</b>
        <p class="hint">{words.invited(momentText(invitation.expires_at))}</p>
      </div>
      <span>{t().roles[invitation.role]}</span>
      {may('owner') && <Button onClick={onWithdraw}>{words.withdraw}</Button>}
    </li>
  )
}

function Invite({ onInvited }: { onInvited: () => void }) {
  const words = t().members
  const [email, setEmail] = useState('')
  const [role, setRole] = useState<Role>('developer')
  const action = useSubmit(async () => {
    await members.invite(email, role)
    toast(words.inviteSent(email))
    setEmail('')
    onInvited()
  })
  return (
    <section class="card">
      <h2>{words.invite}</h2>
      <Form action={action} submit={words.send} fields={['email']}>
        <Field
          label={t().account.email}
          type="email"
          inputMode="email"
          autocomplete="off"
          value={email}
          onValue={setEmail}
          error={fieldError(action.error, 'email')}
          required
        />
        <fieldset class="radios">
          <legend>{words.role}</legend>
          {roles.map(name => (
            <label key={name}>
              <input type="radio" name="role" checked={role === name} onChange={() => setRole(name)} />
              <span>
                <b>{t().roles[name]}</b> {words.roleTexts[name]}
              </span>
            </label>
          ))}
        </fieldset>
      </Form>
    </section>
  )
}
