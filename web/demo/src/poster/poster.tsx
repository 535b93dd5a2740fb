import type { Card } from '@moviesir/api-client'
import { useState } from 'preact/hooks'
import { titleOf } from '../i18n/index.ts'
import { motifOf } from './motifs.tsx'
import { type Inks, inksOf } from './palette.ts'
import { seeded } from './random.ts'
import { setTitle } from './title.ts'

type Shown = Pick<Card, 'movie_id' | 'title' | 'title_ko' | 'year' | 'genres' | 'poster_path'>

const imageHost = 'https://image.tmdb.org/t/p'

// Where an image failed once, its poster is drawn until the page is loaded again.
const failed = new Set<string>()

interface PosterProps {
  movie: Shown
  /** The width that TMDB makes its image for. */
  width?: 154 | 342 | 500
  class?: string
}

/** A movie's poster: TMDB's where there is one, else drawn. It stands beside the movie's title, so it has no name of its own. */
export function Poster({ movie, width = 342, class: extra = '' }: PosterProps) {
  const [hasFailed, setFailed] = useState(false)
  const image = movie.poster_path
  if (!image || hasFailed || failed.has(image)) return <DrawnPoster movie={movie} class={extra} />
  return (
    <img
      class={`poster ${extra}`}
      src={`${imageHost}/w${width}${image}`}
      alt=""
      width={200}
      height={300}
      loading="lazy"
      decoding="async"
      onError={() => {
        failed.add(image)
        setFailed(true)
      }}
    />
  )
}

/** The inks of a movie, also where it is drawn to scale. The same movie has the same ones everywhere. */
export function inksOfMovie(movie: Pick<Card, 'movie_id' | 'genres'>): Inks {
  return inksOf(movie.genres[0]?.id, seeded(movie.movie_id)())
}

function DrawnPoster({ movie, class: extra }: { movie: Shown; class: string }) {
  const random = seeded(movie.movie_id)
  const inks = inksOf(movie.genres[0]?.id, random())
  const motif = motifOf(movie.genres[0]?.id, random())
  const isTitleAbove = random() > 0.72
  const { lines, size } = setTitle(titleOf(movie), 172)
  const height = lines.length * size * 1.14
  const baseline = isTitleAbove ? 16 + size * 0.9 : 284 - height + size * 0.9
  const band = height + 40
  return (
    <svg class={`poster ${extra}`} viewBox="0 0 200 300" aria-hidden="true" focusable="false">
      <rect width="200" height="300" fill={inks.ground} />
      <g transform={isTitleAbove ? `translate(0 ${Math.max(100, band - 8)})` : `translate(0 ${Math.min(0, 292 - band - 200)})`}>
        {motif(inks, random)}
      </g>
      <rect y={isTitleAbove ? 0 : 300 - band} width="200" height={band} fill={inks.ground} />
      <rect x="14" y={isTitleAbove ? band - 9 : 300 - band + 8} width="26" height="4" fill={inks.letter} />
      {movie.year && (
        <text class="poster-year" x="186" y={isTitleAbove ? band - 4 : 300 - band + 13} text-anchor="end" fill={inks.letter}>
          {movie.year}
        </text>
      )}
      <text class="poster-title" font-size={size} fill={inks.letter}>
        {lines.map((line, index) => (
          <tspan key={`${index}${line}`} x="14" y={baseline + index * size * 1.14}>
            {line}
          </tspan>
        ))}
      </text>
    </svg>
  )
}

/** The drawing alone, without title: it fills whatever it stands in. */
export function PosterArt({ movie }: { movie: Pick<Card, 'movie_id' | 'genres'> }) {
  const random = seeded(movie.movie_id)
  const inks = inksOf(movie.genres[0]?.id, random())
  const motif = motifOf(movie.genres[0]?.id, random())
  return (
    <svg class="poster-art" viewBox="0 0 200 200" preserveAspectRatio="xMidYMid slice" aria-hidden="true" focusable="false">
      <rect width="200" height="200" fill={inks.ground} />
      {motif(inks, random)}
    </svg>
  )
}
