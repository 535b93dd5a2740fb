import type { SetMovie } from '@moviesir/api-client'
import { announce, Button, Link, numberText, toast } from '@moviesir/ui'
import { errorText } from '../../errors.ts'
import { genreName, providerName, t, titleOf } from '../../i18n/index.ts'
import { Poster } from '../../poster/poster.tsx'
import { isOffline } from '../../shell/connection.ts'
import { lock, markNever, markSeen, move, remove, swap, undo } from '../../ticket/store.ts'
import type { Segment } from '../../ticket/timeline.ts'
import { clockTime } from '../../time/format.ts'

interface StopProps {
  segment: Segment<SetMovie>
  isFirst: boolean
  isLast: boolean
  isLocked: boolean
  isChanging: boolean
  breakBefore: number
  /** Midnights since the start. */
  days: number
}

export function Stop({ segment, breakBefore, days, ...state }: StopProps) {
  const words = t().ticket
  const { movie, startsAt, endsAt } = segment
  const title = titleOf(movie)
  const services = [...new Set(movie.otts.map(providerName))]
  return (
    <li class={`stop ${state.isLocked ? 'is-locked' : ''} ${state.isChanging ? 'is-changing' : ''}`} aria-busy={state.isChanging}>
      {breakBefore > 0 && <p class="stop-break">{words.breakTime(breakBefore)}</p>}
      <p class="stop-time">
        <time dateTime={startsAt.toISOString()}>{clockTime(startsAt)}</time>
        {days > 0 && <sup>+{days}</sup>}
        <span aria-hidden="true">–</span>
        <time dateTime={endsAt.toISOString()}>{clockTime(endsAt)}</time>
      </p>
      <div class="stop-body">
        <Link to={`${location.pathname}?movie=${movie.movie_id}`} class="stop-poster" isRepeated>
          <Poster movie={movie} />
        </Link>
        <div class="stop-text">
          <h2>
            <Link to={`${location.pathname}?movie=${movie.movie_id}`}>{title}</Link>
          </h2>
          <p class="facts">
            {[movie.year, t().movie.minutes(movie.runtime ?? 0), movie.genres.slice(0, 2).map(genreName).join(', ')]
              .filter(Boolean)
              .join(' · ')}
            {!!movie.vote_average && ` · ★ ${numberText(movie.vote_average, { maximumFractionDigits: 1 })}`}
          </p>
          {movie.because && <p class="because">{words.because(titleOf(movie.because))}</p>}
          {services.length > 0 && (
            <ul class="tags">
              {services.slice(0, 3).map(name => (
                <li key={name}>{name}</li>
              ))}
            </ul>
          )}
        </div>
      </div>
      <Actions movie={movie} title={title} {...state} />
    </li>
  )
}

type ActionsProps = Pick<StopProps, 'isFirst' | 'isLast' | 'isLocked' | 'isChanging'> & { movie: SetMovie; title: string }

function Actions({ movie, title, isFirst, isLast, isLocked, isChanging }: ActionsProps) {
  const words = t().ticket
  const id = movie.movie_id
  const canUndo = { label: words.undo, run: () => void undo() }
  const attempt = (work: () => Promise<string | null>) => async () => {
    try {
      const said = await work()
      if (said) toast(said, canUndo)
    } catch (error) {
      toast(errorText(error))
    }
  }
  return (
    <fieldset class="stop-actions" disabled={isOffline.value}>
      <legend class="hidden">{words.actions(title)}</legend>
      <Button look="quiet" icon={isLocked ? 'lock' : 'unlock'} aria-pressed={isLocked} onClick={() => lock(id)}>
        {words.lock}
      </Button>
      <Button
        look="quiet"
        icon="swap"
        busy={isChanging}
        onClick={attempt(async () => {
          const by = await swap(id)
          return by && words.swapped(titleOf(by))
        })}
      >
        {words.swap}
      </Button>
      <details class="menu">
        <summary>{words.more}</summary>
        <div class="menu-items">
          <Button
            look="quiet"
            icon="seen"
            onClick={attempt(async () => {
              await markSeen(id)
              return words.seenSaid(title)
            })}
          >
            {words.seen}
          </Button>
          <Button
            look="quiet"
            icon="never"
            onClick={attempt(async () => {
              await markNever(id)
              return words.neverSaid(title)
            })}
          >
            {words.never}
          </Button>
          <Button
            look="quiet"
            icon="remove"
            onClick={() => {
              remove(id)
              toast(words.removed(title), canUndo)
            }}
          >
            {words.remove}
          </Button>
          <Button look="quiet" icon="up" aria-disabled={isFirst || undefined} onClick={() => shift(-1)}>
            {words.earlier}
          </Button>
          <Button look="quiet" icon="down" aria-disabled={isLast || undefined} onClick={() => shift(1)}>
            {words.later}
          </Button>
        </div>
      </details>
    </fieldset>
  )

  function shift(by: -1 | 1): void {
    move(id, by)
    announce(`${title}: ${by < 0 ? words.earlier : words.later}`)
  }
}
