import { type Key, keys } from '@moviesir/api-client/console'
import { Button, Heading, numberText, Pending, toast, useLoad } from '@moviesir/ui'
import { useState } from 'preact/hooks'
import { t } from '../../i18n/index.ts'
import { may, newestSecret } from '../../session.ts'
import { act } from '../act.ts'
import { momentText } from '../charts.tsx'
import { Confirm } from '../confirm.tsx'
import { KeyDialog } from './key-dialog.tsx'
import { RerollDialog } from './reroll-dialog.tsx'
import { Secret } from './secret.tsx'

type Open = { kind: 'create' } | { kind: 'change' | 'reroll' | 'remove'; key: Key } | null

export function Keys() {
  const words = t().keys
  const loaded = useLoad(signal => keys.list(signal), null)
  const [open, setOpen] = useState<Open>(null)
  const [shown, setShown] = useState<{ name: string; secret: string } | null>(null)
  const close = () => setOpen(null)
  const made = (answer: { key: Key; secret: string }) => {
    newestSecret.value = answer.secret
    setShown({ name: answer.key.name, secret: answer.secret })
    close()
    loaded.reload()
  }
  const switchOnOrOff: CardProps['onAct'] = (call, said) => act(call, loaded.reload, said)
  return (
    <div class="page">
      <div class="page-head">
        <Heading>{words.title}</Heading>
        {may('developer') && (
          <Button look="main" icon="plus" onClick={() => setOpen({ kind: 'create' })}>
            {words.create}
          </Button>
        )}
      </div>
      <p class="lead">{words.lead}</p>
      {shown && <Secret name={shown.name} secret={shown.secret} onClose={() => setShown(null)} />}
      <Pending of={loaded} />
      {loaded.data?.keys.length === 0 && (
        <div class="empty">
          <p>{words.none}</p>
        </div>
      )}
      <ul class="cards">
        {loaded.data?.keys.map(key => (
          <KeyCard key={key.key_id} of={key} onOpen={setOpen} onAct={switchOnOrOff} />
        ))}
      </ul>
      {open?.kind === 'create' && <KeyDialog onClose={close} onMade={made} onChanged={loaded.reload} />}
      {open?.kind === 'change' && (
        <KeyDialog
          of={open.key}
          onClose={close}
          onMade={made}
          onChanged={() => {
            close()
            loaded.reload()
          }}
        />
      )}
      {open?.kind === 'reroll' && <RerollDialog of={open.key} onClose={close} onMade={made} />}
      {open?.kind === 'remove' && (
        <Confirm
          title={words.removeTitle(open.key.name)}
          text={words.removeText}
          confirm={words.remove}
          onClose={close}
          onConfirm={async () => {
            await keys.remove(open.key.key_id)
            close()
            toast(words.removed)
            loaded.reload()
          }}
        />
      )}
    </div>
  )
}

interface CardProps {
  of: Key
  onOpen: (open: Open) => void
  onAct: (call: () => Promise<unknown>, said: string) => Promise<void>
}

function KeyCard({ of: key, onOpen, onAct }: CardProps) {
  const words = t().keys
  const isOn = key.state === 'active' || key.state === 'retiring'
  return (
    <li class="card key-card">
      <div class="card-head">
        <h2>{key.name}</h2>
        <span class={`status status-${key.state === 'active' ? 'good' : key.state === 'retiring' ? 'warn' : 'off'}`}>
          {words.states[key.state]}
        </span>
      </div>
      <p>
        <code>sk-moviesir-…{key.hint}</code>
      </p>
      <dl class="facts">
        <div>
          <dt>{words.today}</dt>
          <dd>{numberText(key.calls_today)}</dd>
        </div>
        <div>
          <dt>{words.thirtyDays}</dt>
          <dd>{numberText(key.calls_30_days)}</dd>
        </div>
        <div>
          <dt>{words.lastUsed}</dt>
          <dd>{key.last_used_at ? momentText(key.last_used_at) : words.never}</dd>
        </div>
        <div>
          <dt>{key.state === 'retiring' ? words.worksUntil : words.expires}</dt>
          <dd>{key.expires_at ? momentText(key.expires_at, { year: 'numeric' }) : words.noExpiry}</dd>
        </div>
        <div>
          <dt>{words.scopes}</dt>
          <dd>
            {key.scopes.length === Object.keys(words.scopeNames).length
              ? words.allScopes
              : key.scopes.map(scope => words.scopeNames[scope]).join(', ')}
          </dd>
        </div>
        <div>
          <dt>{words.addresses}</dt>
          <dd>{key.allowed_addresses.length ? key.allowed_addresses.join(', ') : words.anyAddress}</dd>
        </div>
      </dl>
      {may('developer') && (
        <div class="card-foot">
          <Button onClick={() => onOpen({ kind: 'change', key })}>{words.change}</Button>
          {isOn ? (
            <Button onClick={() => void onAct(() => keys.deactivate(key.key_id), words.deactivated)}>{words.deactivate}</Button>
          ) : (
            key.state === 'inactive' && (
              <Button onClick={() => void onAct(() => keys.activate(key.key_id), words.activated)}>{words.activate}</Button>
            )
          )}
          {key.state === 'active' && (
            <Button icon="swap" onClick={() => onOpen({ kind: 'reroll', key })}>
              {words.reroll}
            </Button>
          )}
          <Button look="danger" onClick={() => onOpen({ kind: 'remove', key })}>
            {words.remove}
          </Button>
        </div>
      )}
    </li>
  )
}
