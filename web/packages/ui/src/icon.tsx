// Drawn on 24 x 24 for this app, in strokes of 2, as the numerals are.
const paths = {
  swap: 'M4 9h13l-4-4M20 15H7l4 4',
  lock: 'M7 11V8a5 5 0 0 1 10 0v3M5 11h14v9H5z',
  unlock: 'M7 11V8a5 5 0 0 1 9.6-2M5 11h14v9H5z',
  remove: 'M6 6l12 12M18 6L6 18',
  up: 'M12 20V5M6 11l6-6 6 6',
  down: 'M12 4v15M6 13l6 6 6-6',
  seen: 'M2 12s4-7 10-7 10 7 10 7-4 7-10 7S2 12 2 12zM12 9.5a2.5 2.5 0 1 0 0 5 2.5 2.5 0 1 0 0-5z',
  never: 'M12 3a9 9 0 1 0 0 18 9 9 0 1 0 0-18zM5.6 5.6l12.8 12.8',
  undo: 'M9 14L4 9l5-5M4 9h10a6 6 0 0 1 0 12h-3',
  share: 'M12 15V3M7 8l5-5 5 5M5 13v7h14v-7',
  calendar: 'M4 6h16v14H4zM4 10.5h16M8 3v5M16 3v5',
  more: 'M5 12h.01M12 12h.01M19 12h.01',
  sun: 'M12 8a4 4 0 1 0 0 8 4 4 0 1 0 0-8zM12 2v2M12 20v2M2 12h2M20 12h2M5 5l1.4 1.4M17.6 17.6L19 19M5 19l1.4-1.4M17.6 6.4L19 5',
  moon: 'M20 14.5A8.5 8.5 0 1 1 9.5 4a7 7 0 0 0 10.5 10.5z',
  system: 'M3 5h18v11H3zM8 20h8M12 16v4',
  person: 'M12 4a4 4 0 1 0 0 8 4 4 0 1 0 0-8zM4 21c0-4 3.5-6 8-6s8 2 8 6',
  two: 'M8.5 4.5a3.5 3.5 0 1 0 0 7 3.5 3.5 0 1 0 0-7zM2 20c0-3.5 2.5-5.5 6.5-5.5s6.5 2 6.5 5.5M16 4.8a3.5 3.5 0 0 1 0 6.5M18 14.8c2.5.7 4 2.5 4 5.2',
  home: 'M4 11l8-7 8 7v9h-5v-6H9v6H4z',
  help: 'M9 9a3 3 0 1 1 4.5 2.6c-1 .6-1.5 1.2-1.5 2.4M12 18h.01',
  good: 'M7 11v9H4v-9zM7 12l4-8c1.7 0 2.5 1.2 2.2 2.8L12.5 10H20l-1.5 8.5c-.2.9-.8 1.5-1.7 1.5H7',
  bad: 'M17 13V4h3v9zM17 12l-4 8c-1.7 0-2.5-1.2-2.2-2.8l.7-3.2H4l1.5-8.5C5.7 4.6 6.3 4 7.2 4H17',
  check: 'M4 12.5l5.5 5.5L20 7',
  plus: 'M12 5v14M5 12h14',
  search: 'M10.5 4a6.5 6.5 0 1 0 0 13 6.5 6.5 0 1 0 0-13zM15.5 15.5L21 21',
  star: 'M12 3.5l2.6 5.6 6.1.7-4.5 4.2 1.2 6-5.4-3-5.4 3 1.2-6-4.5-4.2 6.1-.7z',
  open: 'M14 4h6v6M20 4l-9 9M18 14v6H4V6h6',
  eye: 'M2 12s4-7 10-7 10 7 10 7-4 7-10 7S2 12 2 12zM12 9.5a2.5 2.5 0 1 0 0 5 2.5 2.5 0 1 0 0-5z',
  clock: 'M12 3a9 9 0 1 0 0 18 9 9 0 1 0 0-18zM12 7v5.5l3.5 2',
} as const

export type IconName = keyof typeof paths

export function Icon({ name }: { name: IconName }) {
  return (
    <svg class="icon" viewBox="0 0 24 24" width="20" height="20" aria-hidden="true" focusable="false">
      <path d={paths[name]} />
    </svg>
  )
}
