import { type Card, groups } from '@moviesir/api-client'
import { Button, ErrorNote, Field, Heading, navigate, Segments, toast, Waiting } from '@moviesir/ui'
import { useEffect, useState } from 'preact/hooks'
import { errorText, isNotFound } from '../../errors.ts'
import { t } from '../../i18n/index.ts'
import { Conductor } from '../../shell/conductor.tsx'
import { ask, setAsk } from '../../ticket/ask.ts'
import { draw } from '../../ticket/store.ts'
import { isInBounds, minutesUntil } from '../../time/parse.ts'
import { TimeChoice } from '../home/time-choice.tsx'
import { useNow } from '../home/use-now.ts'
import { Pick, wanted } from './pick.tsx'
import { QrCode } from './qr-code.tsx'

const pollMilliseconds = 3000

type State = Awaited<ReturnType<typeof groups.open>>

/** What the link of two leads to: for the first, waiting and then the ticket; for the second, choosing. */
export function Group({ id }: { id: string }) {
  const words = t().together
  const [state, setState] = useState<State | null>(null)
  const [error, setError] = useState<unknown>(null)
  const [round, setRound] = useState(0)
  useEffect(() => {
    const controller = new AbortController()
    let timer: ReturnType<typeof setTimeout>
    const look = async () => {
      try {
        const found = await groups.open(id, controller.signal)
        setState(found)
        if (!found.ready) timer = setTimeout(look, pollMilliseconds)
      } catch (failure) {
        if (!controller.signal.aborted) setError(failure)
      }
    }
    void look()
    return () => {
      controller.abort()
      clearTimeout(timer)
    }
  }, [id, round])
  const again = () => {
    setError(null)
    setRound(round + 1)
  }

  if (error) {
    return (
      <div class="station">
        <Conductor mood="sorry" />
        <Heading>{words.title}</Heading>
        {isNotFound(error) ? <p>{words.gone}</p> : <ErrorNote error={error} onRetry={again} />}
      </div>
    )
  }
  if (!state) return <Waiting />
  if (!state.mine) return state.ready ? <Full /> : <JoinGroup id={id} onJoined={again} />
  return state.ready ? <Draw id={id} /> : <Invite />
}

function Full() {
  return (
    <div class="station">
      <Conductor mood="sorry" />
      <Heading>{t().together.title}</Heading>
      <p>{t().together.full}</p>
    </div>
  )
}

function Invite() {
  const words = t().together
  const link = location.origin + location.pathname
  return (
    <div class="page narrow invite">
      <Heading>{words.invite}</Heading>
      <QrCode text={link} label={words.qr} />
      <Field label={words.invite} value={link} onValue={() => {}} readOnly onFocus={event => event.currentTarget.select()} />
      <div class="form-row">
        <Button
          icon="share"
          look="main"
          onClick={() =>
            void navigator.clipboard.writeText(link).then(
              () => toast(words.copied),
              () => toast(t().ticket.shareFailed),
            )
          }
        >
          {words.copy}
        </Button>
      </div>
      <p class="hint">{words.inviteHint}</p>
      <p class="note" role="status">
        {words.waiting}
      </p>
    </div>
  )
}

function JoinGroup({ id, onJoined }: { id: string; onJoined: () => void }) {
  const words = t().together
  const [picked, setPicked] = useState<Card[]>([])
  const [isBusy, setBusy] = useState(false)
  const join = async () => {
    setBusy(true)
    try {
      await groups.join(
        id,
        picked.map(movie => movie.movie_id),
      )
      toast(words.ready)
      onJoined()
    } catch (error) {
      toast((error as { code?: string }).code === 'GROUP_FULL' ? words.full : errorText(error))
    } finally {
      setBusy(false)
    }
  }
  return (
    <div class="page together">
      <Heading>{words.joinTitle}</Heading>
      <p class="lead">{words.joinLead}</p>
      <Pick picked={picked} onPicked={setPicked} />
      <div class="form-row sticky-row">
        <Button
          look="main"
          busy={isBusy}
          aria-disabled={picked.length < wanted || undefined}
          onClick={() => picked.length === wanted && void join()}
        >
          {words.join}
        </Button>
      </div>
    </div>
  )
}

function Draw({ id }: { id: string }) {
  const words = t().together
  const now = useNow()
  const [mode, setMode] = useState<'both_like' | 'compromise'>('both_like')
  const [isBusy, setBusy] = useState(false)
  const asked = ask.value
  const minutes = asked.mode === 'until' ? minutesUntil({ minutes: asked.until }, now) : asked.minutes
  const find = async () => {
    setBusy(true)
    try {
      setAsk({ mood: '' })
      const drawn = await draw({ group_id: id, group_mode: mode })
      navigate(`/result/${drawn.sessionId}`)
    } catch (error) {
      toast(errorText(error))
    } finally {
      setBusy(false)
    }
  }
  return (
    <div class="page narrow together">
      <Heading>{words.ready}</Heading>
      <Segments
        label={words.mode}
        value={mode}
        onValue={setMode}
        options={[
          { value: 'both_like', label: words.modes.both_like },
          { value: 'compromise', label: words.modes.compromise },
        ]}
      />
      <div class="ticket">
        <TimeChoice now={now} minutes={minutes} />
        <Button
          look="main"
          class="find"
          busy={isBusy}
          aria-disabled={!isInBounds(minutes) || undefined}
          onClick={() => isInBounds(minutes) && void find()}
        >
          {words.find}
        </Button>
      </div>
    </div>
  )
}
