import { stored } from './stored.ts'

export type Theme = 'system' | 'light' | 'dark'

/** What the person chose. `theme-boot.js` has applied it before the first paint. */
export const theme = stored<Theme>('theme', 'system')

export function applyTheme(): void {
  theme.subscribe(chosen => {
    if (chosen === 'system') delete document.documentElement.dataset.theme
    else document.documentElement.dataset.theme = chosen
  })
}

export function cycleTheme(): void {
  theme.value = theme.value === 'system' ? 'dark' : theme.value === 'dark' ? 'light' : 'system'
}
