import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { renderToString } from 'preact-render-to-string'
import { defineConfig, type Plugin } from 'vite'
import { buildOptions, compressed } from '../vite-shell.ts'
import { pages } from './src/pages.tsx'

/** Two sites of static pages: what they say is rendered here, at build time. Pages: `landing` and `api`. */
export default defineConfig(({ mode }) => {
  const root = resolve(import.meta.dirname, mode)
  const ours = pages.filter(page => page.site === mode)
  return {
    root,
    publicDir: resolve(import.meta.dirname, 'public'),
    resolve: { alias: { '/site.css': resolve(import.meta.dirname, 'src/site.css') } },
    build: {
      ...buildOptions,
      outDir: resolve(import.meta.dirname, 'dist', mode),
      emptyOutDir: true,
      rollupOptions: { input: ours.map(page => resolve(root, page.file)) },
    },
    plugins: [render(root, ours), compressed()],
  }
})

/** Puts a page's content into its frame, and writes an address for each language into its head. */
function render(root: string, ours: typeof pages): Plugin {
  const frame = readFileSync(resolve(import.meta.dirname, 'frame.html'), 'utf8')
  return {
    name: 'render',
    transformIndexHtml: {
      order: 'pre',
      handler(_html, { filename }) {
        const page = ours.find(candidate => resolve(root, candidate.file) === filename)!
        return frame
          .replace('lang="ko"', `lang="${page.language}"`)
          .replaceAll('{title}', page.title)
          .replaceAll('{description}', page.description)
          .replaceAll('{other-language}', page.language === 'ko' ? 'en' : 'ko')
          .replaceAll('{other-address}', page.other)
          .replace('{content}', () => renderToString(page.content))
      },
    },
  }
}
