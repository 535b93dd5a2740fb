import { type Card, groups } from '@moviesir/api-client'
import { Button, Heading, navigate } from '@moviesir/ui'
import { useState } from 'preact/hooks'
import { errorText } from '../../errors.ts'
import { t } from '../../i18n/index.ts'
import { isTraveller, me } from '../../session.ts'
import { Pick, wanted } from './pick.tsx'

/** The first of two: chooses, and gets a link for the other. */
export function Together() {
  const words = t().together
  const [picked, setPicked] = useState<Card[]>([])
  const [isBusy, setBusy] = useState(false)
  const [error, setError] = useState<string | null>(null)
  const create = async (ids?: number[]) => {
    setBusy(true)
    setError(null)
    try {
      const { group_id } = await groups.create(ids)
      navigate(`/together/${group_id}`)
    } catch (failure) {
      setError(errorText(failure))
    } finally {
      setBusy(false)
    }
  }
  const hasHistory = isTraveller.value && (me.value?.counts.watched ?? 0) > 0
  return (
    <div class="page together">
      <Heading>{words.title}</Heading>
      <p class="lead">{words.lead}</p>
      <Pick picked={picked} onPicked={setPicked} />
      {error && (
        <p class="field-error" role="alert">
          {error}
        </p>
      )}
      <div class="form-row sticky-row">
        {hasHistory && (
          <Button busy={isBusy} onClick={() => void create()}>
            {words.useMine}
          </Button>
        )}
        <Button
          look="main"
          busy={isBusy}
          aria-disabled={picked.length < wanted || undefined}
          onClick={() => picked.length === wanted && void create(picked.map(movie => movie.movie_id))}
        >
          {words.create}
        </Button>
      </div>
    </div>
  )
}
