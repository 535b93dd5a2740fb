import type { JSX } from 'preact'
import type { Inks } from './palette.ts'

/** Draws on the upper 200 x 200 of a poster; `random` is the poster's own. */
type Motif = (inks: Inks, random: () => number) => JSX.Element

const range = (count: number) => Array.from({ length: count }, (_, index) => index)
const between = (random: () => number, least: number, most: number) => least + random() * (most - least)

const stripes: Motif = ({ form, accent }, random) => {
  const step = between(random, 22, 34)
  const slant = between(random, 50, 110)
  return (
    <g>
      {range(9).map(i => (
        <path key={i} d={`M${i * step * 2 - 120} 210l${slant} -220h${step}l${-slant} 220z`} fill={i % 4 === 2 ? accent : form} />
      ))}
    </g>
  )
}

const burst: Motif = ({ form, accent }, random) => {
  const x = between(random, 60, 140)
  const y = between(random, 70, 120)
  const rays = 14 + Math.floor(random() * 8)
  return (
    <g>
      {range(rays).map(i => {
        const a = (i / rays) * Math.PI * 2
        const b = a + Math.PI / rays
        const p = (angle: number) => `${x + Math.cos(angle) * 320} ${y + Math.sin(angle) * 320}`
        return <path key={i} d={`M${x} ${y}L${p(a)}L${p(b)}z`} fill={form} />
      })}
      <circle cx={x} cy={y} r={between(random, 30, 44)} fill={accent} />
    </g>
  )
}

const peaks: Motif = ({ form, accent }, random) => (
  <g>
    <circle cx={between(random, 50, 150)} cy={between(random, 50, 80)} r={between(random, 24, 36)} fill={accent} />
    {range(3).map(i => {
      const x = i * 70 + between(random, -20, 30)
      const top = between(random, 60, 120)
      return <path key={i} d={`M${x - 80} 210L${x} ${top}L${x + 80} 210z`} fill={form} opacity={0.55 + i * 0.2} />
    })}
  </g>
)

const path: Motif = ({ form, accent }, random) => (
  <g fill="none" stroke-width="13" stroke-linecap="round">
    <path
      d={`M${between(random, 20, 60)} 215C20 150 190 165 150 110S60 80 ${between(random, 80, 150)} -10`}
      stroke={form}
      stroke-width="26"
    />
    <path d="M150 50h.1M48 70h.1M96 28h.1" stroke={accent} stroke-width="22" />
  </g>
)

const bubbles: Motif = ({ form, accent, letter }, random) => (
  <g>
    {range(9).map(i => (
      <circle
        key={i}
        cx={between(random, 10, 190)}
        cy={between(random, 10, 180)}
        r={between(random, 12, 46)}
        fill={[form, accent, form][i % 3]}
        opacity={i % 4 === 3 ? 0.6 : 1}
      />
    ))}
    <path
      d="M78 96a5 5 0 1 0 .1 0M122 96a5 5 0 1 0 .1 0M82 118q18 16 36 0"
      fill="none"
      stroke={letter}
      stroke-width="6"
      stroke-linecap="round"
    />
  </g>
)

const grin: Motif = ({ form, accent }, random) => {
  const tilt = between(random, -16, 16)
  return (
    <g transform={`rotate(${tilt} 100 100)`}>
      <path d="M20 96h160a80 80 0 0 1-160 0z" fill={form} />
      <path d="M20 96h160v20H22z" fill={accent} opacity="0.9" />
      <circle cx="62" cy="56" r={between(random, 10, 18)} fill={form} />
      <circle cx="138" cy="56" r={between(random, 10, 18)} fill={form} />
    </g>
  )
}

const steps: Motif = ({ form, accent }, random) => {
  const count = 4 + Math.floor(random() * 3)
  return (
    <g>
      {range(count).map(i => (
        <path
          key={i}
          d={`M${100 - (i + 1) * (92 / count)} 200a${(i + 1) * (92 / count)} ${(i + 1) * (150 / count)} 0 0 1 ${(i + 1) * (184 / count)} 0`}
          fill="none"
          stroke={i % 2 ? accent : form}
          stroke-width={110 / count}
        />
      ))}
    </g>
  )
}

const blinds: Motif = ({ form, accent }, random) => {
  const x = between(random, 60, 140)
  return (
    <g>
      <circle cx={x} cy="104" r="62" fill={accent} />
      {range(11).map(i => (
        <rect key={i} x="-10" y={i * 20 + between(random, -2, 2)} width="220" height={9 + (i % 3) * 2} fill={form} />
      ))}
    </g>
  )
}

const keyhole: Motif = ({ form, accent }, random) => (
  <g transform={`translate(${between(random, -20, 20)} 0)`}>
    <circle cx="100" cy="100" r="88" fill={form} />
    <path d="M100 48a30 30 0 0 1 16 55l14 58H70l14-58a30 30 0 0 1 16-55z" fill={accent} />
  </g>
)

const grid: Motif = ({ form, accent }, random) => (
  <g>
    {range(8).flatMap(row =>
      range(8).map(column => (
        <circle
          key={`${row}-${column}`}
          cx={14 + column * 25}
          cy={14 + row * 25}
          r={3 + random() * 8}
          fill={random() > 0.85 ? accent : form}
        />
      )),
    )}
  </g>
)

const horizon: Motif = ({ form, accent }, random) => {
  const y = between(random, 116, 150)
  const x = between(random, 50, 150)
  return (
    <g>
      <circle cx={x} cy={y} r={between(random, 44, 66)} fill={accent} />
      <rect x="-5" y={y} width="210" height="100" fill={form} />
      {range(4).map(i => (
        <rect
          key={i}
          x={x - 40 + i * 9}
          y={y + 10 + i * 13}
          width={80 - i * 18}
          height="4"
          fill={accent}
          opacity={0.8 - i * 0.15}
        />
      ))}
    </g>
  )
}

const faces: Motif = ({ form, accent }, random) => (
  <g transform={random() > 0.5 ? 'matrix(-1 0 0 1 200 0)' : ''}>
    <path d="M0 210V20q60-30 74 26l16 34-14 10 4 30q-2 18-30 14l-4 76z" fill={form} />
    <path d="M200 210V70q-46-30-64 10l-18 32 12 8-2 24q4 14 26 10l4 56z" fill={accent} />
  </g>
)

const window_: Motif = ({ form, accent }, random) => {
  const lit = Math.floor(random() * 12)
  return (
    <g>
      <rect x="26" y="16" width="148" height="190" fill={form} />
      {range(12).map(i => (
        <rect
          key={i}
          x={40 + (i % 3) * 44}
          y={30 + Math.floor(i / 3) * 42}
          width="30"
          height="28"
          fill={accent}
          opacity={i === lit ? 1 : 0.22}
        />
      ))}
    </g>
  )
}

const leaves: Motif = ({ form, accent }, random) => (
  <g>
    {range(7).map(i => {
      const angle = -90 + (i - 3) * between(random, 20, 27)
      return (
        <path
          key={i}
          d="M0 0q34-40 0-120q-34 80 0 120z"
          transform={`translate(100 196) rotate(${angle + 90}) scale(${between(random, 0.9, 1.45)})`}
          fill={i % 3 === 1 ? accent : form}
        />
      )
    })}
  </g>
)

const houses: Motif = ({ form, accent }, random) => (
  <g>
    {range(4).map(i => {
      const h = between(random, 60, 120)
      const x = i * 52 - 4
      return (
        <g key={i}>
          <rect x={x} y={205 - h} width="48" height={h} fill={i % 2 ? accent : form} />
          <path d={`M${x - 4} ${206 - h}l28 -34l28 34z`} fill={i % 2 ? form : accent} />
        </g>
      )
    })}
  </g>
)

const stars: Motif = ({ form, accent }, random) => (
  <g>
    <path d={`M${between(random, 90, 140)} 20a78 78 0 1 0 50 130a66 66 0 1 1-50-130z`} fill={form} />
    {range(11).map(i => (
      <path
        key={i}
        d="M0-9l2.5 6.5L9 0 2.5 2.5 0 9-2.5 2.5-9 0-2.5-2.5z"
        transform={`translate(${between(random, 8, 192)} ${between(random, 8, 150)}) scale(${between(random, 0.5, 1.6)})`}
        fill={accent}
      />
    ))}
  </g>
)

const arches: Motif = ({ form, accent }, random) => {
  const wide = between(random, 52, 66)
  return (
    <g>
      {range(4).map(i => (
        <path
          key={i}
          d={`M${i * wide - 8} 210V104a${wide / 2 - 5} ${wide / 2 - 5} 0 0 1 ${wide - 10} 0V210z`}
          fill={i === 1 ? accent : form}
        />
      ))}
      <rect x="-5" y="36" width="210" height="18" fill={form} />
    </g>
  )
}

const teeth: Motif = ({ form, accent }, random) => (
  <g>
    {range(6).map(i => (
      <g key={i}>
        <path d={`M${i * 36 - 10} -5h36l-18 ${between(random, 60, 100)}z`} fill={form} />
        <path d={`M${i * 36 + 6} 210h36l-18 ${-between(random, 46, 90)}z`} fill={form} />
      </g>
    ))}
    <circle cx={between(random, 70, 130)} cy="104" r="15" fill={accent} />
  </g>
)

const eye: Motif = ({ form, accent, ground }, random) => (
  <g>
    <path d="M-6 104Q100 4 206 104Q100 204 -6 104z" fill={accent} />
    <circle cx={between(random, 82, 118)} cy="104" r="44" fill={form} />
    <circle cx="100" cy="104" r="17" fill={ground} />
    {range(5).map(i => (
      <rect key={i} x={24 + i * 37} y={154 - Math.abs(i - 2) * 14} width="7" height={between(random, 24, 60)} fill={form} />
    ))}
  </g>
)

const wave: Motif = ({ form, accent }, random) => (
  <g>
    {range(11).map(i => {
      const h = 30 + random() * 150
      return <rect key={i} x={8 + i * 17} y={104 - h / 2} width="10" height={h} rx="5" fill={i % 4 === 1 ? accent : form} />
    })}
  </g>
)

const hearts: Motif = ({ form, accent }, random) => {
  const apart = between(random, 26, 42)
  return (
    <g>
      <circle cx={100 - apart} cy="104" r="62" fill={form} />
      <circle cx={100 + apart} cy="104" r="62" fill={accent} opacity="0.88" />
    </g>
  )
}

const orbits: Motif = ({ form, accent }, random) => {
  const tilt = between(random, -40, 40)
  return (
    <g transform={`rotate(${tilt} 100 100)`} fill="none" stroke={form} stroke-width="4">
      {range(4).map(i => (
        <ellipse key={i} cx="100" cy="100" rx={40 + i * 30} ry={16 + i * 15} opacity={1 - i * 0.18} />
      ))}
      <circle cx="100" cy="100" r="28" fill={form} stroke="none" />
      <circle cx={100 + 70} cy={between(random, 70, 128)} r="13" fill={accent} stroke="none" />
    </g>
  )
}

const tunnel: Motif = ({ form, accent }, random) => {
  const x = between(random, 80, 120)
  const turn = between(random, 4, 12)
  return (
    <g>
      {range(8).map(i => {
        const size = 230 - i * 29
        const at = size / 2
        return (
          <rect
            key={i}
            x={x - at}
            y={100 - at}
            width={size}
            height={size}
            transform={`rotate(${i * turn} ${x} 100)`}
            fill={i === 7 ? accent : i % 2 ? form : 'none'}
          />
        )
      })}
    </g>
  )
}

const chevrons: Motif = ({ form, accent }, random) => {
  const step = between(random, 28, 36)
  return (
    <g>
      {range(7).map(i => (
        <path
          key={i}
          d={`M-5 ${i * step - 10}L100 ${i * step + 42}L205 ${i * step - 10}v14L100 ${i * step + 56}L-5 ${i * step + 4}z`}
          fill={i === 2 ? accent : form}
        />
      ))}
    </g>
  )
}

const mesa: Motif = ({ form, accent }, random) => (
  <g>
    <circle cx={between(random, 60, 140)} cy="96" r="50" fill={accent} />
    <path d="M-5 210V150l40-4 8-40h54l10 42 40 2 6-26h34l18 26v60z" fill={form} />
  </g>
)

// By TMDB's id of the genre.
const motifs: Record<number, readonly Motif[]> = {
  28: [stripes, burst, chevrons],
  12: [peaks, path],
  16: [bubbles, stars, houses],
  35: [grin, steps, bubbles],
  80: [blinds, keyhole, window_],
  99: [grid, leaves],
  18: [horizon, faces, window_, leaves, steps],
  10751: [houses, leaves],
  14: [stars, peaks],
  36: [arches, horizon],
  27: [teeth, eye],
  10402: [wave, steps],
  9648: [keyhole, tunnel],
  10749: [hearts, leaves],
  878: [orbits, tunnel, grid],
  10770: [window_],
  53: [tunnel, eye, blinds],
  10752: [chevrons, horizon],
  37: [mesa],
}

export function motifOf(genre: number | undefined, choice: number): Motif {
  const fitting = (genre !== undefined && motifs[genre]) || [steps, horizon]
  return fitting[Math.floor(choice * fitting.length)]!
}
