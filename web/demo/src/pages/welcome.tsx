import { type MoodMovie, onboarding, type Provider } from '@moviesir/api-client'
import { Button, Choice, ErrorNote, Heading, language, navigate, stored, toast, useLoad, Waiting } from '@moviesir/ui'
import { useEffect, useState } from 'preact/hooks'
import { errorText } from '../errors.ts'
import { t, titleOf } from '../i18n/index.ts'
import { Poster } from '../poster/poster.tsx'
import { loadMe, me } from '../session.ts'

const steps = 3

/** How far somebody has come; kept on this device until it is finished, so that a reload loses nothing. */
const progress = stored('welcome', { step: 1, seed: 0, providers: [] as number[], movies: [] as number[] })

export function Welcome() {
  const words = t().welcome
  const [isBusy, setBusy] = useState(false)
  const providers = useLoad(onboarding.providers, 'providers')
  const survey = useLoad(signal => onboarding.moods(progress.value.seed, signal), progress.value.seed)
  const { step } = progress.value
  const set = (change: Partial<typeof progress.value>) => {
    progress.value = { ...progress.value, ...change }
  }
  useEffect(() => {
    const known = me.value?.provider_ids ?? []
    if (progress.value.providers.length === 0 && known.length > 0) set({ providers: known })
  }, [])

  const end = (work: () => Promise<void>) => async () => {
    setBusy(true)
    try {
      await work()
      progress.value = { step: 1, seed: 0, providers: [], movies: [] }
      await loadMe()
      navigate('/', { replace: true })
    } catch (error) {
      toast(errorText(error))
    } finally {
      setBusy(false)
    }
  }
  const finish = end(async () => {
    await onboarding.setProviders(progress.value.providers)
    if (progress.value.movies.length > 0) await onboarding.setMovies(progress.value.movies)
    await onboarding.complete()
    toast(words.done)
  })
  const skip = end(() => onboarding.skip())

  return (
    <div class="page narrow welcome">
      <p class="step">{words.step(step, steps)}</p>
      <Heading>{[words.services, words.movies, words.check][step - 1]}</Heading>
      <progress max={steps} value={step} aria-label={words.step(step, steps)} />
      {step === 1 &&
        (providers.data ? (
          <Services
            all={providers.data.providers}
            chosen={progress.value.providers}
            onChosen={chosen => set({ providers: chosen })}
          />
        ) : (
          <Pending load={providers} />
        ))}
      {step === 2 &&
        (survey.data ? (
          <>
            <p class="lead">{words.moviesHint}</p>
            <Moods moods={survey.data.moods} chosen={progress.value.movies} onChosen={chosen => set({ movies: chosen })} />
            <Button icon="swap" onClick={() => set({ seed: progress.value.seed + 1 })}>
              {words.other}
            </Button>
          </>
        ) : (
          <Pending load={survey} />
        ))}
      {step === 3 && <Summary providers={providers.data?.providers ?? []} moods={survey.data?.moods ?? []} />}
      <div class="welcome-foot">
        {step > 1 && <Button onClick={() => set({ step: step - 1 })}>{t().app.back}</Button>}
        <Button look="quiet" busy={isBusy} onClick={skip}>
          {words.skip}
        </Button>
        {step < steps ? (
          <Button look="main" onClick={() => set({ step: step + 1 })}>
            {words.next}
          </Button>
        ) : (
          <Button look="main" busy={isBusy} onClick={finish}>
            {words.start}
          </Button>
        )}
      </div>
    </div>
  )
}

function Pending({ load }: { load: { error: unknown; reload: () => void } }) {
  return load.error ? <ErrorNote error={load.error} onRetry={load.reload} /> : <Waiting />
}

interface ServicesProps {
  all: Provider[]
  chosen: number[]
  onChosen: (ids: number[]) => void
}

function Services({ all, chosen, onChosen }: ServicesProps) {
  const suggested = all.filter(provider => provider.suggested || chosen.includes(provider.provider_id))
  return (
    <fieldset class="service-tiles">
      <legend class="hidden">{t().welcome.services}</legend>
      {(suggested.length > 0 ? suggested : all).map(provider => (
        <Choice
          key={provider.provider_id}
          checked={chosen.includes(provider.provider_id)}
          onChecked={isChosen =>
            onChosen(isChosen ? [...chosen, provider.provider_id] : chosen.filter(id => id !== provider.provider_id))
          }
        >
          {language.value === 'ko' ? (provider.name_ko ?? provider.name) : provider.name}
        </Choice>
      ))}
    </fieldset>
  )
}

function Moods({ moods, chosen, onChosen }: { moods: MoodMovie[]; chosen: number[]; onChosen: (ids: number[]) => void }) {
  const words = t().welcome
  return (
    <fieldset class="poster-choices">
      <legend class="hidden">{words.movies}</legend>
      {moods.map(({ mood, movie }) => (
        <Choice
          key={movie.movie_id}
          class="poster-choice"
          checked={chosen.includes(movie.movie_id)}
          onChecked={isChosen => onChosen(isChosen ? [...chosen, movie.movie_id] : chosen.filter(id => id !== movie.movie_id))}
        >
          <Poster movie={movie} />
          <b>{titleOf(movie)}</b>
          <small>{words.moods[mood] ?? ''}</small>
        </Choice>
      ))}
    </fieldset>
  )
}

function Summary({ providers, moods }: { providers: Provider[]; moods: MoodMovie[] }) {
  const words = t().welcome
  const { providers: chosen, movies } = progress.value
  const names = providers
    .filter(provider => chosen.includes(provider.provider_id))
    .map(provider => provider.name_ko ?? provider.name)
  return (
    <div class="summary">
      <h2>{words.services}</h2>
      <p>{names.length > 0 ? names.join(', ') : words.noServices}</p>
      <h2>{words.movies}</h2>
      {movies.length === 0 && <p>{words.noMovies}</p>}
      <ul class="poster-row">
        {moods
          .filter(({ movie }) => movies.includes(movie.movie_id))
          .map(({ movie }) => (
            <li key={movie.movie_id}>
              <Poster movie={movie} />
              <span class="hidden">{titleOf(movie)}</span>
            </li>
          ))}
      </ul>
    </div>
  )
}
