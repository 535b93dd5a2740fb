import { onboarding } from '@moviesir/api-client'
import { IconButton, Link, readStored, useLoad, writeStored } from '@moviesir/ui'
import { useState } from 'preact/hooks'
import { t } from '../../i18n/index.ts'
import { me } from '../../session.ts'

const dayLength = 86_400_000

/** Asks whoever comes back what they like; at most once a day. */
export function Reminder() {
  return me.value === null || me.value.kind === 'nobody' ? null : <Question />
}

function Question() {
  const words = t().welcome
  const [isHidden, setHidden] = useState(() => Date.now() - readStored('reminded', 0) < dayLength)
  const state = useLoad(onboarding.state, me.value?.kind)
  if (isHidden || !state.data?.reminder_due) return null
  const hide = () => {
    writeStored('reminded', Date.now())
    setHidden(true)
  }
  return (
    <section class="question" aria-label={words.reminderGo}>
      <p>{words.reminder}</p>
      <div class="question-answers">
        <Link to="/welcome" class="button">
          <span>{words.reminderGo}</span>
        </Link>
        <IconButton icon="remove" label={t().app.close} onClick={hide} />
      </div>
    </section>
  )
}
