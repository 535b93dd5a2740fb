import { admin, type CompanyLine, type Plan } from '@moviesir/api-client/console'
import { Button, Heading, numberText, toast } from '@moviesir/ui'
import { useState } from 'preact/hooks'
import { errorText } from '../../errors.ts'
import { t } from '../../i18n/index.ts'
import { dayText } from '../charts.tsx'
import { Confirm } from '../confirm.tsx'
import { Paged } from './paged.tsx'

const plans: Plan[] = ['free', 'basic', 'pro', 'enterprise']

export function Companies() {
  const words = t().admin
  const [round, setRound] = useState(0)
  const [ending, setEnding] = useState<CompanyLine | null>(null)
  const change = async (company: CompanyLine, body: { plan?: Plan; is_active?: boolean }) => {
    await admin.changeCompany(company.company_id, body)
    toast(words.changed(company.name))
    setRound(round + 1)
  }
  const tryToChange = (company: CompanyLine, body: { plan?: Plan; is_active?: boolean }) =>
    change(company, body).catch(error => toast(errorText(error)))
  return (
    <div class="page">
      <Heading>{t().app.adminPages.companies}</Heading>
      <Paged
        key={round}
        load={(page, signal) => admin.companies(page, signal).then(answer => ({ lines: answer.companies, total: answer.total }))}
        searchLabel={words.searchCompanies}
        head={[words.company, words.plan, words.members, words.keys, words.callsToday, words.state]}
        row={company => (
          <tr key={company.company_id}>
            <th scope="row">
              {company.name} <small>{dayText(company.created_at.slice(0, 10), { dateStyle: 'medium' })}</small>
            </th>
            <td>
              <select
                class="role"
                aria-label={words.planOf(company.name)}
                value={company.plan}
                onChange={event => void tryToChange(company, { plan: event.currentTarget.value as Plan })}
              >
                {plans.map(plan => (
                  <option key={plan} value={plan}>
                    {t().plans[plan]}
                  </option>
                ))}
              </select>
            </td>
            <td class="number">{numberText(company.members)}</td>
            <td class="number">{numberText(company.keys)}</td>
            <td class="number">{numberText(company.calls_today)}</td>
            <td>
              {company.is_active ? (
                <Button look="danger" onClick={() => setEnding(company)}>
                  {words.deactivate}
                </Button>
              ) : (
                <Button onClick={() => void tryToChange(company, { is_active: true })}>{words.activate}</Button>
              )}
            </td>
          </tr>
        )}
      />
      {ending && (
        <Confirm
          title={words.deactivateTitle(ending.name)}
          text={words.deactivateText}
          confirm={words.deactivate}
          onClose={() => setEnding(null)}
          onConfirm={async () => {
            await change(ending, { is_active: false })
            setEnding(null)
          }}
        />
      )}
    </div>
  )
}
