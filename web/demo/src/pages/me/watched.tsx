import { movies, mypage, type WatchedMovie, type WatchedSort } from '@moviesir/api-client'
import { Button, ErrorNote, Field, IconButton, Link, numberText, toast, useLoad, Waiting } from '@moviesir/ui'
import { useState } from 'preact/hooks'
import { errorText } from '../../errors.ts'
import { t, titleOf } from '../../i18n/index.ts'
import { Poster } from '../../poster/poster.tsx'
import { loadMe } from '../../session.ts'
import { Stars } from './stars.tsx'
import { useTyped } from './use-typed.ts'

const pageSize = 40
const mostShown = 200
const sorts: readonly WatchedSort[] = ['recent', 'rating', 'title', 'year']

export function Watched() {
  const words = t().me
  const [query, setQuery] = useState('')
  const [limit, setLimit] = useState(pageSize)
  const [sort, setSort] = useState<WatchedSort>('recent')
  const typed = useTyped(query)
  const list = useLoad(
    signal => mypage.watched(typed ? { q: typed, sort, limit } : { sort, limit }, signal),
    `${sort} ${limit} ${typed}`,
  )
  const all = list.data

  const change = (movie: WatchedMovie, rating: number | null) => {
    const before = all
    if (before)
      list.set({
        ...before,
        movies: before.movies.map(other => (other.movie_id === movie.movie_id ? { ...other, rating } : other)),
      })
    movies.setWatched(movie.movie_id, rating === null ? { without_rating: true } : { rating }).catch(error => {
      if (before) list.set(before)
      toast(errorText(error))
    })
  }
  const remove = async (movie: WatchedMovie) => {
    try {
      await movies.unsetWatched(movie.movie_id)
      list.reload()
      void loadMe()
      const again = () => void movies.setWatched(movie.movie_id, markOf(movie)).then(list.reload)
      toast(words.removed(titleOf(movie)), { label: t().app.undo, run: again })
    } catch (error) {
      toast(errorText(error))
    }
  }

  return (
    <div class="watched">
      <div class="watched-tools">
        <Field label={words.search} type="search" enterkeyhint="search" value={query} onValue={setQuery} autocomplete="off" />
        <label class="sort">
          {words.sort}{' '}
          <select value={sort} onChange={event => setSort(event.currentTarget.value as WatchedSort)}>
            {sorts.map(name => (
              <option key={name} value={name}>
                {words.sorts[name]}
              </option>
            ))}
          </select>
        </label>
        <p role="status">{all && words.watchedCount(numberText(all.total))}</p>
      </div>
      <AddMovie onAdded={list.reload} />
      {list.error !== null && <ErrorNote error={list.error} onRetry={list.reload} />}
      {!all && list.isLoading && <Waiting />}
      {all && all.movies.length === 0 && <p class="note">{typed ? words.noMatch : words.noWatched}</p>}
      <ul class="movie-grid">
        {all?.movies.map(movie => (
          <li key={movie.movie_id}>
            <Link to={`${location.pathname}?movie=${movie.movie_id}`}>
              <Poster movie={movie} />
              <b>{titleOf(movie)}</b>
            </Link>
            <Stars title={titleOf(movie)} value={movie.rating ?? null} onValue={rating => change(movie, rating)} />
            <IconButton icon="remove" label={`${titleOf(movie)}: ${words.remove}`} onClick={() => void remove(movie)} />
          </li>
        ))}
      </ul>
      {all && all.movies.length < all.total && limit < mostShown && (
        <Button onClick={() => setLimit(Math.min(mostShown, limit + pageSize))}>{words.more}</Button>
      )}
    </div>
  )
}

/** All that was said of a movie, to say it again. */
function markOf({ rating, watched_on }: WatchedMovie): { rating?: number; watched_on?: string } {
  return { ...(rating && { rating }), ...(watched_on && { watched_on }) }
}

function AddMovie({ onAdded }: { onAdded: () => void }) {
  const words = t().me
  const [query, setQuery] = useState('')
  const typed = useTyped(query.trim())
  const found = useLoad(async signal => (typed ? (await movies.search(typed, 6, signal)).movies : []), typed)
  const add = async (id: number, title: string) => {
    try {
      await movies.setWatched(id)
      setQuery('')
      toast(words.added(title))
      onAdded()
      void loadMe()
    } catch (error) {
      toast(errorText(error))
    }
  }
  return (
    <details class="add-movie">
      <summary>{words.add}</summary>
      <Field label={words.addSearch} type="search" value={query} onValue={setQuery} autocomplete="off" />
      {found.error !== null && <ErrorNote error={found.error} onRetry={found.reload} />}
      <ul class="found">
        {found.data?.map(movie => (
          <li key={movie.movie_id}>
            <Button icon="plus" look="quiet" onClick={() => void add(movie.movie_id, titleOf(movie))}>
              {titleOf(movie)} {movie.year && `(${movie.year})`}
            </Button>
          </li>
        ))}
      </ul>
    </details>
  )
}
