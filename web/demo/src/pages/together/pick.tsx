import { type Card, movies } from '@moviesir/api-client'
import { Choice, ErrorNote, Field, useLoad } from '@moviesir/ui'
import { useState } from 'preact/hooks'
import { t, titleOf } from '../../i18n/index.ts'
import { Poster } from '../../poster/poster.tsx'
import { useTyped } from '../me/use-typed.ts'

export const wanted = 3

/** Three movies that somebody likes: out of the popular ones, or of what they search. */
export function Pick({ picked, onPicked }: { picked: Card[]; onPicked: (movies: Card[]) => void }) {
  const words = t().together
  const [query, setQuery] = useState('')
  const typed = useTyped(query.trim())
  const found = useLoad(
    async signal => (typed ? (await movies.search(typed, 12, signal)).movies : (await movies.popular(12, signal)).movies),
    typed,
  )
  const shown = [...picked, ...(found.data ?? []).filter(movie => !picked.some(other => other.movie_id === movie.movie_id))]
  return (
    <div class="pick">
      <Field label={words.search} type="search" value={query} onValue={setQuery} autocomplete="off" />
      {found.error !== null && <ErrorNote error={found.error} onRetry={found.reload} />}
      <fieldset class="poster-choices">
        <legend>
          {words.pick} <small>{words.picked(picked.length)}</small>
        </legend>
        {shown.map(movie => {
          const isPicked = picked.some(other => other.movie_id === movie.movie_id)
          return (
            <Choice
              key={movie.movie_id}
              class="poster-choice"
              checked={isPicked}
              onChecked={checked =>
                onPicked(checked ? [...picked, movie].slice(-wanted) : picked.filter(other => other.movie_id !== movie.movie_id))
              }
            >
              <Poster movie={movie} />
              <b>{titleOf(movie)}</b>
            </Choice>
          )
        })}
      </fieldset>
    </div>
  )
}
