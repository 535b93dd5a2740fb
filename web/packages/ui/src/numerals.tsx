// The app's own figures: single strokes on a 10 x 16 field, as a platform clock has them.
const glyphs: Record<string, { d: string; width: number }> = {
  '0': { d: 'M1 5a4 4 0 0 1 8 0v6a4 4 0 0 1-8 0z', width: 10 },
  '1': { d: 'M2 4l4-3v14', width: 8 },
  '2': { d: 'M1 5a4 4 0 0 1 8 0c0 4-8 5.5-8 10h8', width: 10 },
  '3': { d: 'M1 3.5A4 3.5 0 1 1 5 7.7 3.9 3.7 0 1 1 1 12.3', width: 10 },
  '4': { d: 'M7 15V1L1 11h8.5', width: 10 },
  '5': { d: 'M8.5 1H2.2L1.5 7.2A4 4.1 0 1 1 1 12.2', width: 10 },
  '6': { d: 'M7.5 1C3.5 3 1 7 1 11a4 4 0 1 0 8 0 4 4 0 0 0-7.7-1.5', width: 10 },
  '7': { d: 'M1 1h8L4 15', width: 10 },
  '8': { d: 'M5 1a3.5 3.3 0 1 0 0 6.6A3.5 3.3 0 1 0 5 1zM5 7.6a4 3.7 0 1 0 0 7.4 4 3.7 0 1 0 0-7.4z', width: 10 },
  '9': { d: 'M2.5 15C6.5 13 9 9 9 5a4 4 0 1 0-8 0 4 4 0 0 0 7.7 1.5', width: 10 },
  ':': { d: 'M2 5.5h.01M2 11.5h.01', width: 4 },
  '–': { d: 'M1 8h6', width: 8 },
  ',': { d: 'M2 14.5l-1 2.5', width: 3 },
  '.': { d: 'M2 15h.01', width: 3 },
  '+': { d: 'M1 8h8M5 4v8', width: 10 },
}

const gap = 3

/** A time in the app's own figures. People who cannot see it read `text`. */
export function Numerals({ text, class: extra = '' }: { text: string; class?: string }) {
  let x = 1
  const parts = [...text].map((character, index) => {
    const glyph = glyphs[character]
    if (!glyph) {
      x += 4
      return null
    }
    const at = x
    x += glyph.width + gap
    return <path key={`${index}${character}`} d={glyph.d} transform={`translate(${at} 1)`} />
  })
  return (
    <svg class={`numerals ${extra}`} viewBox={`0 0 ${x - gap + 1} 18`} role="img" aria-label={text}>
      {parts}
    </svg>
  )
}
