import { recommendation, type SessionLine } from '@moviesir/api-client'
import { Button, dateText, duration, IconButton, Link, Pending, toast, useLoad } from '@moviesir/ui'
import { useState } from 'preact/hooks'
import { errorText } from '../../errors.ts'
import { t, titleOf } from '../../i18n/index.ts'
import { inksOfMovie } from '../../poster/poster.tsx'
import { ticket } from '../../ticket/store.ts'

const pageSize = 20

export function Tickets() {
  const words = t().me
  const [limit, setLimit] = useState(pageSize)
  const list = useLoad(signal => recommendation.list(limit, 0, signal), limit)
  const remove = async (line: SessionLine) => {
    try {
      await recommendation.remove(line.session_id)
      if (ticket.value?.sessionId === line.session_id) ticket.value = null
      list.reload()
    } catch (error) {
      toast(errorText(error))
    }
  }
  if (!list.data) return <Pending of={list} />
  if (list.data.sessions.length === 0) return <p class="note">{words.noTickets}</p>
  return (
    <>
      <ul class="ticket-list">
        {list.data.sessions.map(line => (
          <li key={line.session_id}>
            <Link to={`/result/${line.session_id}`}>
              <b>{duration(line.available_time)}</b>
              <small>
                {dateText(new Date(line.created_at), { month: 'long', day: 'numeric', hour: 'numeric', minute: 'numeric' })}
              </small>
              <span class="mini-strip" aria-hidden="true">
                {line.movies.map((movie, index) => (
                  <span
                    key={movie.movie_id}
                    style={{
                      left: `${(line.movies.slice(0, index).reduce((sum, other) => sum + (other.runtime ?? 0), 0) / line.available_time) * 100}%`,
                      width: `${((movie.runtime ?? 0) / line.available_time) * 100}%`,
                      background: inksOfMovie(movie).ground,
                    }}
                  />
                ))}
              </span>
              <span class="facts">{line.movies.map(titleOf).join(' · ')}</span>
            </Link>
            <IconButton
              icon="remove"
              label={`${duration(line.available_time)}: ${words.deleteTicket}`}
              onClick={() => void remove(line)}
            />
          </li>
        ))}
      </ul>
      {list.data.sessions.length < list.data.total && limit < 50 && (
        <Button onClick={() => setLimit(Math.min(50, limit + pageSize))}>{words.more}</Button>
      )}
    </>
  )
}
