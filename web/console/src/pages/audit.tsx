import { type AuditEntry, members } from '@moviesir/api-client/console'
import { Button, Pending, toast, useLoad } from '@moviesir/ui'
import { useState } from 'preact/hooks'
import { errorText } from '../errors.ts'
import { t } from '../i18n/index.ts'
import { momentText } from './charts.tsx'

/** Who did what in the company; nobody can change it. */
export function Audit() {
  const words = t().audit
  const first = useLoad(signal => members.audit(undefined, signal), null)
  const [more, setMore] = useState<AuditEntry[]>([])
  const [cursor, setCursor] = useState<string | null | undefined>(undefined)
  const next = cursor === undefined ? first.data?.next_cursor : cursor
  const load = async () => {
    try {
      const answer = await members.audit(next ?? undefined)
      setMore(before => [...before, ...answer.entries])
      setCursor(answer.next_cursor ?? null)
    } catch (error) {
      toast(errorText(error))
    }
  }
  return (
    <section class="card">
      <h2>{words.title}</h2>
      <Pending of={first} />
      <ul class="audit">
        {[...(first.data?.entries ?? []), ...more].map(entry => (
          <li key={entry.entry_id}>
            <time dateTime={entry.occurred_at}>{momentText(entry.occurred_at)}</time>
            <span>
              <b>{(words.actions as Record<string, string>)[entry.action] ?? entry.action}</b> {entry.subject}
            </span>
            <small>{entry.actor ?? words.system}</small>
          </li>
        ))}
      </ul>
      {next && <Button onClick={() => void load()}>{t().logs.more}</Button>}
    </section>
  )
}
