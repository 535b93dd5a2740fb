/** The house's conductor: he shows where there is nothing else to see. */
export function Conductor({ mood = 'glad' }: { mood?: 'glad' | 'sorry' }) {
  return (
    <svg class="conductor" viewBox="0 0 120 120" width="120" height="120" aria-hidden="true" focusable="false">
      <path class="c-coat" d="M14 120c0-24 20-34 46-34s46 10 46 34z" />
      <path class="c-shirt" d="M48 86l12 16 12-16z" />
      <circle class="c-skin" cx="60" cy="60" r="28" />
      <path class="c-cap" d="M27 46c0-22 14-32 33-32s33 10 33 32z" />
      <path class="c-band" d="M26 40h68v9H26z" />
      <path class="c-ink" d="M24 49h72l-8 7H32z" />
      <circle class="c-ink" cx="49" cy="62" r="3.2" />
      <circle class="c-ink" cx="71" cy="62" r="3.2" />
      <path class="c-ink" d="M60 70c-4-4-16-3-20 6 8 3 16 1 20-2 4 3 12 5 20 2-4-9-16-10-20-6z" />
      <path class="c-line" d={mood === 'glad' ? 'M54 81q6 4 12 0' : 'M54 83q6-4 12 0'} />
      <path class="c-badge" d="M53 24h14v8H53z" />
    </svg>
  )
}
