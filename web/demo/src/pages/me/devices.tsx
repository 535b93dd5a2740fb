import { auth } from '@moviesir/api-client'
import { Button, dateText, Pending, toast, useLoad } from '@moviesir/ui'
import { errorText } from '../../errors.ts'
import { t } from '../../i18n/index.ts'

export function Devices() {
  const words = t().me
  const list = useLoad(auth.devices, 'devices')
  const end = (work: () => Promise<void>) => async () => {
    try {
      await work()
      toast(words.ended)
      list.reload()
    } catch (error) {
      toast(errorText(error))
    }
  }
  if (!list.data) return <Pending of={list} />
  const when = (text: string) => dateText(new Date(text), { month: 'long', day: 'numeric', hour: 'numeric', minute: 'numeric' })
  return (
    <>
      <ul class="rows">
        {list.data.sessions.map(device => (
          <li key={device.session_id}>
            <span>
              <b>{device.device}</b>
              <small>{device.current ? words.thisDevice : words.lastSeen(when(device.last_seen_at))}</small>
            </span>
            {!device.current && <Button onClick={end(() => auth.endDevice(device.session_id))}>{words.endDevice}</Button>}
          </li>
        ))}
      </ul>
      {list.data.sessions.length > 1 && (
        <Button look="danger" onClick={end(auth.endOthers)}>
          {words.endOthers}
        </Button>
      )}
    </>
  )
}
