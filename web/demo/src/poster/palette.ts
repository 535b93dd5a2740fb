/** The four inks of a drawn poster: ground, two forms, and the lettering, which can be read on the ground. */
export interface Inks {
  ground: string
  form: string
  accent: string
  letter: string
}

const night = '#14211c'
const paper = '#f6f1e4'

// By TMDB's id of the genre. Each has two or three sets, so that two dramas side by side are two posters.
const inks: Record<number, readonly Inks[]> = {
  28: [
    { ground: '#c92d19', form: '#14211c', accent: '#ffc83d', letter: paper },
    { ground: '#14211c', form: '#d8341f', accent: '#f3efe3', letter: paper },
    { ground: '#ffb92e', form: '#14211c', accent: '#c92f1b', letter: night },
  ],
  12: [
    { ground: '#0f6b5c', form: '#f2c14e', accent: '#e4572e', letter: paper },
    { ground: '#f2c14e', form: '#0f6b5c', accent: '#b8401c', letter: night },
  ],
  16: [
    { ground: '#ff9fb2', form: '#3a3dd6', accent: '#ffe45c', letter: '#1c1d5e' },
    { ground: '#6fd3e7', form: '#ff6b6b', accent: '#fff3b0', letter: '#0d3340' },
    { ground: '#3a3dd6', form: '#ffe45c', accent: '#ff9fb2', letter: paper },
  ],
  35: [
    { ground: '#ffd23f', form: '#ee4266', accent: '#1f6f78', letter: '#231a05' },
    { ground: '#f7ede2', form: '#f28482', accent: '#1f6f78', letter: '#2b2320' },
    { ground: '#ee6352', form: '#ffe2a8', accent: '#2b2a4c', letter: '#241008' },
  ],
  80: [
    { ground: '#1d1f2b', form: '#b9b4a3', accent: '#e0402a', letter: paper },
    { ground: '#b9b4a3', form: '#1d1f2b', accent: '#a82a17', letter: '#14151d' },
  ],
  99: [
    { ground: '#e6e4d8', form: '#2d4a3e', accent: '#d98324', letter: '#1b2b24' },
    { ground: '#2d4a3e', form: '#e6e4d8', accent: '#e9b44c', letter: paper },
  ],
  18: [
    { ground: '#274c5b', form: '#e9c9a0', accent: '#e07a5f', letter: paper },
    { ground: '#ead7bd', form: '#274c5b', accent: '#b4472b', letter: '#1a2f38' },
    { ground: '#4d3b52', form: '#f0b8a0', accent: '#f2d492', letter: paper },
    { ground: '#c8d5c0', form: '#34514a', accent: '#cf5c36', letter: '#182823' },
  ],
  10751: [
    { ground: '#9bd770', form: '#2a6f4e', accent: '#ffdf5e', letter: '#12321f' },
    { ground: '#ffe8a3', form: '#e76f51', accent: '#2a9d8f', letter: '#3a2412' },
  ],
  14: [
    { ground: '#33246b', form: '#a88beb', accent: '#ffd97d', letter: paper },
    { ground: '#c8b6ff', form: '#33246b', accent: '#d9480f', letter: '#1d1442' },
  ],
  36: [
    { ground: '#6b2d1a', form: '#e3b778', accent: '#f4e4c8', letter: paper },
    { ground: '#e3cfa4', form: '#6b2d1a', accent: '#2f4b4f', letter: '#37170c' },
  ],
  27: [
    { ground: '#120d12', form: '#8f1220', accent: '#e8e1d0', letter: paper },
    { ground: '#8f1220', form: '#120d12', accent: '#e8e1d0', letter: paper },
  ],
  10402: [
    { ground: '#eb5e8c', form: '#2b1a4f', accent: '#ffd166', letter: '#220b22' },
    { ground: '#2b1a4f', form: '#eb5e8c', accent: '#5ce1e6', letter: paper },
  ],
  9648: [
    { ground: '#1b3a4b', form: '#5f8a8b', accent: '#f4d35e', letter: paper },
    { ground: '#d9d4c5', form: '#1b3a4b', accent: '#9b2226', letter: '#10242f' },
  ],
  10749: [
    { ground: '#f7c6c7', form: '#c9184a', accent: '#5c1a33', letter: '#4a0f25' },
    { ground: '#a4133c', form: '#ffb3c1', accent: '#ffe5d9', letter: paper },
    { ground: '#ffd7ba', form: '#d1495b', accent: '#00798c', letter: '#3d1a14' },
  ],
  878: [
    { ground: '#0b1f3a', form: '#3fa7d6', accent: '#f79d5c', letter: paper },
    { ground: '#dfe7ec', form: '#0b1f3a', accent: '#e4572e', letter: '#0b1f3a' },
  ],
  10770: [{ ground: '#e9ecef', form: '#495057', accent: '#d6336c', letter: '#212529' }],
  53: [
    { ground: '#f0e9d8', form: '#161616', accent: '#c8102e', letter: '#161616' },
    { ground: '#2b2b28', form: '#d8c99b', accent: '#e3452f', letter: paper },
  ],
  10752: [
    { ground: '#55613b', form: '#d8cfae', accent: '#b23a1d', letter: paper },
    { ground: '#d8cfae', form: '#4a5533', accent: '#9c2f14', letter: '#23290f' },
  ],
  37: [{ ground: '#f4a259', form: '#8c2f17', accent: '#fff1d0', letter: '#3b1206' }],
}

const others: readonly Inks[] = [{ ground: '#cfe3d6', form: '#1d4634', accent: '#d8341f', letter: '#12281d' }]

export function inksOf(genre: number | undefined, choice: number): Inks {
  const sets = (genre !== undefined && inks[genre]) || others
  return sets[Math.floor(choice * sets.length)]!
}
