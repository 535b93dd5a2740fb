import { mypage } from '@moviesir/api-client'
import { dateText, duration, language, numberText, Pending, useLoad } from '@moviesir/ui'
import { genreName, t } from '../../i18n/index.ts'

export function StatisticsView() {
  const words = t().me
  const load = useLoad(mypage.statistics, 'statistics')
  if (!load.data) return <Pending of={load} />
  const all = load.data
  if (all.watched === 0) return <p class="note">{words.noStatistics}</p>
  const decade = (start: number) => (language.value === 'ko' ? `${start}년대` : `${start}s`)
  return (
    <div class="statistics">
      <dl class="figures">
        <div>
          <dt>{words.tabs.watched}</dt>
          <dd>{numberText(all.watched)}</dd>
        </div>
        <div>
          <dt>{words.time}</dt>
          <dd>{duration(all.minutes)}</dd>
        </div>
        <div>
          <dt>{words.mean}</dt>
          <dd>{all.mean_rating ? `★ ${numberText(all.mean_rating, { maximumFractionDigits: 1 })}` : '–'}</dd>
        </div>
      </dl>
      <Bars title={words.byGenre} bars={all.genres.slice(0, 8).map(genre => ({ label: genreName(genre), count: genre.count }))} />
      <Bars title={words.byRating} bars={all.ratings.map(({ rating, count }) => ({ label: `★ ${numberText(rating)}`, count }))} />
      <Bars title={words.byDecade} bars={all.decades.map(entry => ({ label: decade(entry.decade), count: entry.count }))} />
      <Bars
        title={words.byMonth}
        bars={all.months
          .slice(-12)
          .map(({ month, count }) => ({ label: dateText(new Date(`${month}-15`), { year: 'numeric', month: 'short' }), count }))}
      />
    </div>
  )
}

/** A small chart that is a table: its bars are drawn to scale, its numbers can be read. */
function Bars({ title, bars }: { title: string; bars: { label: string; count: number }[] }) {
  if (bars.length === 0) return null
  const most = Math.max(...bars.map(bar => bar.count))
  return (
    <table class="bars">
      <caption>{title}</caption>
      <tbody>
        {bars.map(bar => (
          <tr key={bar.label}>
            <th scope="row">{bar.label}</th>
            <td>
              <span class="bar" aria-hidden="true">
                <span style={{ width: `${(bar.count / most) * 100}%` }} />
              </span>
              <span class="bar-count">{numberText(bar.count)}</span>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
