import { satisfaction } from '@moviesir/api-client'
import { Button, toast, useLoad } from '@moviesir/ui'
import { useState } from 'preact/hooks'
import { errorText } from '../../errors.ts'
import { t, titleOf } from '../../i18n/index.ts'
import { Poster } from '../../poster/poster.tsx'
import { loadMe, me } from '../../session.ts'

/** Asks whoever comes back how the movies of an ended set were, one at a time. */
export function HowWasIt() {
  return me.value === null || me.value.kind === 'nobody' ? null : <Question />
}

function Question() {
  const words = t().satisfaction
  const pending = useLoad(satisfaction.pending, me.value?.user?.user_id ?? me.value?.kind)
  const [answered, setAnswered] = useState<readonly string[]>([])
  const next = pending.data?.pending.find(({ session_id, movie }) => !answered.includes(key(session_id, movie.movie_id)))
  if (!next) return null
  const { session_id, movie } = next
  const own = key(session_id, movie.movie_id)

  const answer = (isPositive: boolean) => async () => {
    try {
      await satisfaction.answer(session_id, movie.movie_id, isPositive)
      setAnswered(before => [...before, own])
      toast(words.thanks, { label: t().app.undo, run: () => void takeBack() })
      void loadMe()
    } catch (error) {
      toast(errorText(error))
    }
  }
  const takeBack = async () => {
    try {
      await satisfaction.takeBack(session_id, movie.movie_id)
      setAnswered(before => before.filter(other => other !== own))
      void loadMe()
    } catch (error) {
      toast(errorText(error))
    }
  }
  const dismiss = async () => {
    try {
      await satisfaction.dismiss(session_id)
      pending.reload() // older sets are not asked about either
    } catch (error) {
      toast(errorText(error))
    }
  }

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
        <Button look="quiet" onClick={dismiss}>
          {words.later}
        </Button>
      </div>
    </section>
  )
}

function key(session: string, movie: number): string {
  return `${session}/${movie}`
}
