import { admin, type TravellerLine } from '@moviesir/api-client/console'
import { Button, Heading, numberText, Pending, useLoad } from '@moviesir/ui'
import { useState } from 'preact/hooks'
import { t } from '../../i18n/index.ts'
import { act } from '../act.ts'
import { dayText, Figure, momentText } from '../charts.tsx'
import { Paged } from './paged.tsx'

export function Travellers() {
  const words = t().admin
  const [round, setRound] = useState(0)
  const set = (traveller: TravellerLine, what: 'deactivate' | 'activate' | 'restore') =>
    act(
      () => admin.setTraveller(traveller.user_id, what),
      () => setRound(round + 1),
      words.changed(traveller.email),
    )
  return (
    <div class="page">
      <Heading>{t().app.adminPages.travellers}</Heading>
      <Statistics />
      <Paged
        key={round}
        load={(page, signal) => admin.travellers(page, signal).then(answer => ({ lines: answer.users, total: answer.total }))}
        searchLabel={words.searchTravellers}
        head={[words.traveller, words.since, words.seen, words.recommendations, words.state]}
        row={traveller => (
          <tr key={traveller.user_id}>
            <th scope="row">
              {traveller.nickname} <small>{traveller.email}</small>
            </th>
            <td>{dayText(traveller.created_at.slice(0, 10), { dateStyle: 'medium' })}</td>
            <td>{traveller.last_seen_at ? momentText(traveller.last_seen_at) : '–'}</td>
            <td class="number">{numberText(traveller.sessions)}</td>
            <td>
              {traveller.state === 'active' ? (
                <Button look="danger" onClick={() => void set(traveller, 'deactivate')}>
                  {words.deactivate}
                </Button>
              ) : traveller.state === 'suspended' ? (
                <Button onClick={() => void set(traveller, 'activate')}>{words.activate}</Button>
              ) : (
                <Button onClick={() => void set(traveller, 'restore')}>{words.restore}</Button>
              )}
            </td>
          </tr>
        )}
      />
    </div>
  )
}

function Statistics() {
  const words = t().admin
  const loaded = useLoad(signal => admin.statistics(signal), null)
  if (!loaded.data) return <Pending of={loaded} />
  const { accounts, guests, onboarded, new_accounts, recommendations } = loaded.data
  const spans = (counts: { today: number; days_7: number; days_30: number }) =>
    words.spans(numberText(counts.today), numberText(counts.days_7), numberText(counts.days_30))
  return (
    <dl class="figures card">
      <Figure name={words.accounts} value={numberText(accounts)} note={spans(new_accounts)} />
      <Figure name={words.guests} value={numberText(guests)} />
      <Figure name={words.onboarded} value={numberText(onboarded)} />
      <Figure name={words.recommendations} value={numberText(recommendations.days_30)} note={spans(recommendations)} />
    </dl>
  )
}
