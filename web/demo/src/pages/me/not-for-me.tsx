import { type Card, movies, mypage } from '@moviesir/api-client'
import { Button, Link, Pending, toast, useLoad } from '@moviesir/ui'
import { useState } from 'preact/hooks'
import { errorText } from '../../errors.ts'
import { t, titleOf } from '../../i18n/index.ts'
import { Poster } from '../../poster/poster.tsx'
import { loadMe } from '../../session.ts'

const pageSize = 40
const mostShown = 200

/** Movies that are never suggested, each of which can be let in again. */
export function NotForMe() {
  const words = t().me
  const [limit, setLimit] = useState(pageSize)
  const list = useLoad(signal => mypage.notForMe(limit, signal), limit)
  const allow = async (movie: Card) => {
    try {
      await movies.unsetNotForMe(movie.movie_id)
      list.reload()
      void loadMe()
      const again = () => void movies.setNotForMe(movie.movie_id).then(list.reload)
      toast(words.allowed(titleOf(movie)), { label: t().app.undo, run: again })
    } catch (error) {
      toast(errorText(error))
    }
  }
  if (!list.data) return <Pending of={list} />
  if (list.data.movies.length === 0) return <p class="note">{words.noNever}</p>
  return (
    <>
      <ul class="movie-grid">
        {list.data.movies.map(movie => (
          <li key={movie.movie_id}>
            <Link to={`${location.pathname}?movie=${movie.movie_id}`}>
              <Poster movie={movie} />
              <b>{titleOf(movie)}</b>
            </Link>
            <Button aria-label={`${titleOf(movie)}: ${words.allow}`} onClick={() => void allow(movie)}>
              {words.allow}
            </Button>
          </li>
        ))}
      </ul>
      {list.data.movies.length < list.data.total && limit < mostShown && (
        <Button onClick={() => setLimit(Math.min(mostShown, limit + pageSize))}>{words.more}</Button>
      )}
    </>
  )
}
