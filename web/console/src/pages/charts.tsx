import { dateText } from '@moviesir/ui'
import type { ComponentChildren } from 'preact'
import { t } from '../i18n/index.ts'
import { niceTop } from './nice-top.ts'
import { Table } from './table.tsx'

/** A day of Asia/Seoul, as the API names it: without a time, so no zone of this device moves it. */
export const dayText = (date: string, options: Intl.DateTimeFormatOptions = { month: 'numeric', day: 'numeric' }): string =>
  dateText(new Date(`${date}T00:00:00Z`), { ...options, timeZone: 'UTC' })

/** A moment, in Asia/Seoul, where quotas have their midnight. */
export const momentText = (at: string, options: Intl.DateTimeFormatOptions = {}): string =>
  dateText(new Date(at), {
    month: 'numeric',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    timeZone: 'Asia/Seoul',
    ...options,
  })

export interface Series {
  name: string
  /** Its class says its color. */
  kind: string
  values: (number | null)[]
}

interface ChartProps {
  title: string
  /** Days, oldest first. */
  dates: string[]
  series: Series[]
  format: (value: number) => string
  /** Bars stand on each other; lines beside each other. */
  look: 'bars' | 'lines'
}

const width = 720
const height = 200
const foot = 4

/** A chart that can be read as a table as well. */
export function Chart({ title, dates, series, format, look }: ChartProps) {
  const tops = dates.map((_, day) => {
    const values = series.map(line => line.values[day] ?? 0)
    return look === 'bars' ? values.reduce((sum, value) => sum + value, 0) : Math.max(...values)
  })
  const top = niceTop(Math.max(...tops, 0))
  const step = width / dates.length
  const y = (value: number) => height - foot - (value / top) * (height - 2 * foot)
  return (
    <figure class="chart">
      <figcaption>
        <b>{title}</b>
        <ul class="legend">
          {series.map(line => (
            <li key={line.kind} class={`legend-${line.kind}`}>
              {line.name}
            </li>
          ))}
        </ul>
      </figcaption>
      <div class="chart-field" aria-hidden="true">
        <span class="chart-top">{format(top)}</span>
        <svg viewBox={`0 0 ${width} ${height}`} preserveAspectRatio="none" aria-hidden="true">
          <path class="chart-grid" d={`M0 ${y(top)}H${width}M0 ${y(top / 2)}H${width}M0 ${y(0)}H${width}`} />
          {look === 'bars' ? <Bars series={series} step={step} y={y} /> : <Lines series={series} step={step} y={y} />}
        </svg>
        <div class="chart-days">
          {dates.map((date, index) => (
            <span key={date}>{index % Math.ceil(dates.length / 7) === 0 ? dayText(date) : ''}</span>
          ))}
        </div>
      </div>
      <details class="as-table">
        <summary>{t().charts.asTable}</summary>
        <Table
          label={title}
          head={[t().charts.day, ...series.map(line => line.name)]}
          rows={dates.map((date, day) => [
            dayText(date, { dateStyle: 'medium' }),
            ...series.map(line => (line.values[day] == null ? '–' : format(line.values[day]))),
          ])}
        />
      </details>
    </figure>
  )
}

interface DrawingProps {
  series: Series[]
  step: number
  y: (value: number) => number
}

function Bars({ series, step, y }: DrawingProps) {
  const days = series[0]?.values.length ?? 0
  const gap = Math.min(8, step * 0.25)
  return (
    <>
      {Array.from({ length: days }, (_, day) => {
        let below = 0
        return series.map(line => {
          const value = line.values[day] ?? 0
          const from = y(below)
          below += value
          return value === 0 ? null : (
            <rect
              key={`${day}${line.kind}`}
              class={`fill-${line.kind}`}
              x={day * step + gap / 2}
              width={step - gap}
              y={y(below)}
              height={Math.max(1, from - y(below))}
            />
          )
        })
      })}
    </>
  )
}

/** A day without a call has no point: the line is broken there. */
function Lines({ series, step, y }: DrawingProps) {
  return (
    <>
      {series.map(line => {
        const points = line.values.map((value, day) => (value === null ? null : `${day * step + step / 2} ${y(value)}`))
        const path = points.map((point, day) => (point === null ? '' : `${points[day - 1] ? 'L' : 'M'}${point}`)).join('')
        return (
          <g key={line.kind} class={`line-${line.kind}`}>
            <path d={path} />
            {points.map(point => point && <path key={`${line.kind}${point}`} class="chart-point" d={`M${point}h.01`} />)}
          </g>
        )
      })}
    </>
  )
}

/** One figure with its name. */
export function Figure({ name, value, note }: { name: string; value: ComponentChildren; note?: ComponentChildren }) {
  return (
    <div class="figure">
      <dt>{name}</dt>
      <dd>
        <b>{value}</b>
        {note && <small>{note}</small>}
      </dd>
    </div>
  )
}
