import { movies, onboarding } from '@moviesir/api-client'
import { Choice, ErrorNote, Field, language, useLoad } from '@moviesir/ui'
import { useState } from 'preact/hooks'
import { genreName, t } from '../../i18n/index.ts'
import { me } from '../../session.ts'
import { ask, setAsk } from '../../ticket/ask.ts'

export function Taste() {
  const words = t().home
  return (
    <section class="taste">
      <Genres />
      <Services />
      <Field
        label={words.mood}
        value={ask.value.mood}
        onValue={mood => setAsk({ mood })}
        placeholder={words.moodHint}
        maxLength={200}
        autocomplete="off"
      />
      <Choice class="choice-adult" checked={ask.value.adult} onChecked={adult => setAsk({ adult })}>
        {words.adult}
      </Choice>
    </section>
  )
}

function Genres() {
  const words = t().home
  const genres = useLoad(movies.genres, 'genres')
  const chosen = ask.value.genres
  return (
    <fieldset class="choices">
      <legend>
        {words.genres} <small>{chosen.length > 0 ? words.with(chosen.length) : words.genresHint}</small>
      </legend>
      {genres.data?.genres.map(genre => (
        <Choice
          key={genre.id}
          checked={chosen.includes(genre.id)}
          onChecked={isChosen => setAsk({ genres: toggled(chosen, genre.id, isChosen) })}
        >
          {genreName(genre)}
        </Choice>
      ))}
      {genres.isLoading && !genres.data && <Placeholders count={16} />}
      {genres.error !== null && <ErrorNote error={genres.error} onRetry={genres.reload} />}
    </fieldset>
  )
}

function Services() {
  const words = t().home
  const providers = useLoad(onboarding.providers, 'providers')
  const [isWhole, setWhole] = useState(false)
  const chosen = ask.value.providers ?? me.value?.provider_ids ?? []
  const all = providers.data?.providers ?? []
  const suggested = all.filter(provider => provider.suggested || chosen.includes(provider.provider_id))
  const shown = isWhole || suggested.length === 0 ? all : suggested
  const nameOf = (provider: (typeof all)[number]) =>
    language.value === 'ko' ? (provider.name_ko ?? provider.name) : provider.name
  return (
    <fieldset class="choices">
      <legend>
        {words.services} <small>{chosen.length > 0 ? words.with(chosen.length) : words.servicesHint}</small>
      </legend>
      {shown.map(provider => (
        <Choice
          key={provider.provider_id}
          checked={chosen.includes(provider.provider_id)}
          onChecked={isChosen => setAsk({ providers: toggled(chosen, provider.provider_id, isChosen) })}
        >
          {nameOf(provider)}
        </Choice>
      ))}
      {shown.length < all.length && (
        <button type="button" class="more" onClick={() => setWhole(true)}>
          {words.moreServices(all.length - shown.length)}
        </button>
      )}
      {providers.isLoading && !providers.data && <Placeholders count={6} />}
      {providers.error !== null && <ErrorNote error={providers.error} onRetry={providers.reload} />}
    </fieldset>
  )
}

function Placeholders({ count }: { count: number }) {
  return (
    <>
      {Array.from({ length: count }, (_, index) => (
        <span key={index} class="choice choice-awaited" aria-hidden="true" />
      ))}
    </>
  )
}

function toggled(chosen: readonly number[], id: number, isChosen: boolean): number[] {
  return isChosen ? [...chosen, id] : chosen.filter(other => other !== id)
}
