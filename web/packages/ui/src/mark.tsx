/** @jsxImportSource preact */

/** The mark: a punched ticket, whose hole is where a movie starts. */
export function Mark() {
  return (
    <svg class="mark" viewBox="0 0 32 24" width="36" height="27" aria-hidden="true" focusable="false">
      <path d="M2 2h28v6.5a3.5 3.5 0 0 0 0 7V22H2v-6.5a3.5 3.5 0 0 0 0-7z" />
      <path class="mark-hole" d="M13 7l8 5-8 5z" />
    </svg>
  )
}
