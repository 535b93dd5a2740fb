import { onboarding, satisfaction } from '@moviesir/api-client'
import { Button, IconButton, Link, readStored, toast, useLoad, writeStored } from '@moviesir/ui'
import { useState } from 'preact/hooks'
import { errorText } from '../../errors.ts'
import { t, titleOf } from '../../i18n/index.ts'
import { Poster } from '../../poster/poster.tsx'
import { me } from '../../session.ts'

/** What the app asks whoever comes back: how a movie was, one at a time; and, at most once a day, what they like. */
export function Questions() {
  return me.value === null || me.value.kind === 'nobody' ? null : (
    <>
      <HowWasIt />
      <Reminder />
    </>
  )
}

function HowWasIt() {
  const words = t().satisfaction
  const pending = useLoad(satisfaction.pending, me.value?.user?.user_id ?? me.value?.kind)
  const [answered, setAnswered] = useState<readonly string[]>([])
  const next = pending.data?.pending.find(({ session_id, movie }) => !answered.includes(key(session_id, movie.movie_id)))
  if (!next) return null
  const { session_id, movie } = next
  const tell = (work: () => Promise<void>, done: readonly string[], said?: string) => async () => {
    try {
      await work()
      setAnswered(before => [...before, ...done])
      if (said) toast(said)
    } catch (error) {
      toast(errorText(error))
    }
  }
  const ofSession = (pending.data?.pending ?? [])
    .filter(other => other.session_id === session_id)
    .map(other => key(session_id, other.movie.movie_id))
  const answer = (isPositive: boolean) =>
    tell(() => satisfaction.answer(session_id, movie.movie_id, isPositive), [key(session_id, movie.movie_id)], words.thanks)
  return (
    <section class="question" aria-label={words.ask(titleOf(movie))}>
      <Poster movie={movie} width={154} />
      <p>{words.ask(titleOf(movie))}</p>
      <div class="question-answers">
        <Button icon="good" onClick={answer(true)}>
          {words.good}
        </Button>
        <Button icon="bad" onClick={answer(false)}>
          {words.bad}
        </Button>
        <Button look="quiet" onClick={tell(() => satisfaction.dismiss(session_id), ofSession)}>
          {words.later}
        </Button>
      </div>
    </section>
  )
}

const dayLength = 86_400_000

function Reminder() {
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

function key(session: string, movie: number): string {
  return `${session}/${movie}`
}
