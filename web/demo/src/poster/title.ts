/** A title set in lines: the largest size at which it fits a width, a number of lines, and a height. */
export interface SetTitle {
  lines: string[]
  size: number
}

const sizes = [34, 30, 26, 23, 20, 17, 15]

export function setTitle(title: string, width: number, maximumLines = 4, maximumHeight = 118): SetTitle {
  for (const size of sizes) {
    const lines = wrap(title, width / size)
    if (lines && lines.length <= maximumLines && lines.length * size * 1.14 <= maximumHeight) return { lines, size }
  }
  const size = sizes.at(-1)!
  const lines = wrap(title, width / size, true)!.slice(0, maximumLines)
  lines[lines.length - 1] = `${lines.at(-1)!.slice(0, -1)}…`
  return { lines, size }
}

/** Breaks between words, and inside one only where it must. Null where a word is longer than a line and may not be broken. */
function wrap(title: string, ems: number, breakWords = false): string[] | null {
  const lines: string[] = []
  let line = ''
  for (const word of title.split(/\s+/)) {
    const longer = line === '' ? word : `${line} ${word}`
    if (emsOf(longer) <= ems) {
      line = longer
      continue
    }
    if (line !== '') lines.push(line)
    line = word
    while (emsOf(line) > ems) {
      if (!breakWords) return null
      let cut = line.length - 1
      while (cut > 1 && emsOf(line.slice(0, cut)) > ems) cut--
      lines.push(line.slice(0, cut))
      line = line.slice(cut)
    }
  }
  return [...lines, line]
}

/** How wide a bold line is, in multiples of the font's size; an estimate that is rather too wide. */
export function emsOf(text: string): number {
  let ems = 0
  for (const character of text) {
    if (/[\u1100-\u11ff\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef]/.test(character)) ems += 0.97
    else if (/[A-Z0-9&%@WM]/.test(character)) ems += 0.7
    else if (/[ilj.,:;'!|]/.test(character)) ems += 0.34
    else if (character === ' ') ems += 0.28
    else ems += 0.6
  }
  return ems
}
