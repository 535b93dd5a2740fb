import { type MovieDetails, movies, type Ott } from '@moviesir/api-client'
import { Button, Dialog, ErrorNote, language, numberText, setQuery, toast, useLoad, Waiting } from '@moviesir/ui'
import { useState } from 'preact/hooks'
import { errorText, isNotFound } from '../../errors.ts'
import { genreName, providerName, t, titleOf } from '../../i18n/index.ts'
import { Poster } from '../../poster/poster.tsx'
import { ticket } from '../../ticket/store.ts'

export function MovieDialog({ id }: { id: number }) {
  const words = t().movie
  const details = useLoad(signal => movies.details(id, signal), id)
  const title = details.data ? titleOf(details.data.info) : words.details
  return (
    <Dialog title={title} closeLabel={t().app.close} onClose={() => setQuery('movie', null)} class="movie-dialog" hideTitle>
      {details.data ? (
        <Details details={details.data} onChange={mine => details.set({ ...details.data!, mine })} />
      ) : details.isLoading ? (
        <Waiting />
      ) : isNotFound(details.error) ? (
        <p>{words.missing}</p>
      ) : (
        <ErrorNote error={details.error} onRetry={details.reload} />
      )}
    </Dialog>
  )
}

function Details({ details, onChange }: { details: MovieDetails; onChange: (mine: NonNullable<MovieDetails['mine']>) => void }) {
  const words = t().movie
  const { info, otts } = details
  const title = titleOf(info)
  const overview = language.value === 'ko' ? (info.overview_ko ?? info.overview) : (info.overview ?? info.overview_ko)
  const facts = [
    info.year && String(info.year),
    info.runtime && words.minutes(info.runtime),
    info.vote_average && words.rating(numberText(info.vote_average, { minimumFractionDigits: 1, maximumFractionDigits: 1 })),
  ].filter(Boolean)
  return (
    <div class="movie">
      <div class="movie-poster">
        <Poster movie={info} width={500} />
      </div>
      <div class="movie-text">
        <h2>{title}</h2>
        {info.original_title && info.original_title !== title && <p class="original">{info.original_title}</p>}
        <p class="facts">{facts.join(' · ')}</p>
        <ul class="tags">
          {info.genres.map(genre => (
            <li key={genre.id}>{genreName(genre)}</li>
          ))}
        </ul>
        <p class="overview">{overview || words.noOverview}</p>
        <People label={words.keywords} names={info.keywords?.slice(0, 8)} />
        <Services id={info.movie_id} otts={otts} />
        <Mine id={info.movie_id} mine={details.mine ?? { watched: false, rating: null, not_for_me: false }} onChange={onChange} />
      </div>
    </div>
  )
}

function People({ label, names }: { label: string; names: string[] | undefined }) {
  if (!names || names.length === 0) return null
  return (
    <p class="people">
      <b>{label}</b> {names.join(', ')}
    </p>
  )
}

const kinds = ['subscription', 'free', 'ads', 'rent', 'buy'] as const

function Services({ id, otts }: { id: number; otts: Ott[] }) {
  const words = t().movie
  const open = async (ott: Ott) => {
    const page = window.open('', '_blank') // now, or the browser takes it for a pop-up
    try {
      const session = ticket.value?.sessionId
      const { redirect_url } = await movies.play(
        id,
        session ? { provider_id: ott.provider_id, session_id: session } : { provider_id: ott.provider_id },
      )
      if (!/^https:\/\//.test(redirect_url)) throw new TypeError(redirect_url)
      if (page) {
        page.opener = null
        page.location.href = redirect_url
      }
    } catch (error) {
      page?.close()
      toast(errorText(error))
    }
  }
  return (
    <section class="services">
      <h3>{words.where}</h3>
      {otts.length === 0 && <p>{words.nowhere}</p>}
      {kinds.map(kind => {
        const here = otts.filter(ott => ott.payment_type === kind)
        if (here.length === 0) return null
        return (
          <div key={kind} class="services-kind">
            <h4>{words.kinds[kind]}</h4>
            <ul>
              {here.map(ott => (
                <li key={ott.provider_id}>
                  <Button icon="open" title={words.opens(providerName(ott))} onClick={() => void open(ott)}>
                    {providerName(ott)}
                  </Button>
                </li>
              ))}
            </ul>
          </div>
        )
      })}
      <small class="credit">TMDB · JustWatch</small>
    </section>
  )
}

function Mine({
  id,
  mine,
  onChange,
}: {
  id: number
  mine: NonNullable<MovieDetails['mine']>
  onChange: (mine: NonNullable<MovieDetails['mine']>) => void
}) {
  const words = t().movie
  const [isBusy, setBusy] = useState(false)
  const toggle = (after: NonNullable<MovieDetails['mine']>, tell: () => Promise<void>) => async () => {
    setBusy(true)
    try {
      await tell()
      onChange(after)
    } catch (error) {
      toast(errorText(error))
    } finally {
      setBusy(false)
    }
  }
  return (
    <div class="movie-mine">
      <Button
        icon="seen"
        busy={isBusy}
        aria-pressed={mine.watched}
        onClick={toggle({ ...mine, watched: !mine.watched }, () =>
          mine.watched ? movies.unsetWatched(id) : movies.setWatched(id),
        )}
      >
        {words.markSeen}
      </Button>
      <Button
        icon="never"
        busy={isBusy}
        aria-pressed={mine.not_for_me}
        onClick={toggle({ ...mine, not_for_me: !mine.not_for_me }, () =>
          mine.not_for_me ? movies.unsetNotForMe(id) : movies.setNotForMe(id),
        )}
      >
        {words.markNever}
      </Button>
    </div>
  )
}
