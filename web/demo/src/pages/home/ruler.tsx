import { duration } from '@moviesir/ui'
import { t } from '../../i18n/index.ts'
import { hourMarks, lastStep, minutesAt, stepOf } from '../../time/scale.ts'

/** A range input on a ruler of hours. Arrow keys move it by a step, Page Up and Page Down by more. */
export function Ruler({ minutes, onMinutes }: { minutes: number; onMinutes: (minutes: number) => void }) {
  return (
    <div class="ruler">
      <input
        type="range"
        min={0}
        max={lastStep}
        step={1}
        value={Math.round(stepOf(minutes))}
        aria-label={t().home.ruler}
        aria-valuetext={duration(minutes)}
        onInput={event => onMinutes(minutesAt(event.currentTarget.valueAsNumber))}
        style={{ '--filled': `${(stepOf(minutes) / lastStep) * 100}%` }}
      />
      <div class="ruler-marks" aria-hidden="true">
        {hourMarks.map(mark => (
          <span key={mark.hour} class={mark.isNumbered ? 'mark-hour' : 'mark-tick'} style={{ left: `${mark.at * 100}%` }}>
            {mark.isNumbered && mark.hour}
          </span>
        ))}
      </div>
    </div>
  )
}
