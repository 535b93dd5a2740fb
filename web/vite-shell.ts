import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { gzipSync } from 'node:zlib'
import { type BuildOptions, build, defineConfig, type Plugin, type Rollup } from 'vite'

const hashOf = (text: string | Uint8Array) => createHash('sha256').update(text).digest('hex').slice(0, 10)

/** How every site is built. */
export const buildOptions: BuildOptions = {
  target: 'es2023',
  modulePreload: { polyfill: false },
  assetsInlineLimit: 0,
  reportCompressedSize: false,
}

/** An app of one page. */
export const app = (root: string) =>
  defineConfig({
    oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
    build: buildOptions,
    plugins: [shell(root)],
  })

/**
 * What a page needs besides its bundles: the script that sets theme and language before the first paint, where the site has one the service worker
 * with the list of the shell's files (not the preview image, which only others ask for), and a gzip copy of each text for the edge.
 */
export function shell(root: string): Plugin {
  const workerEntry = resolve(root, 'src/sw.ts')
  let boot = ''
  let bootName = ''
  return {
    name: 'shell',
    apply: 'build',
    async buildStart() {
      boot = await script(root, resolve(import.meta.dirname, 'packages/ui/src/boot.ts'), {})
      bootName = `assets/boot-${hashOf(boot)}.js`
    },
    transformIndexHtml: {
      order: 'post',
      handler: () => [{ tag: 'script', attrs: { src: `/${bootName}` }, injectTo: 'head-prepend' }],
    },
    generateBundle: {
      order: 'post',
      async handler(_options, bundle) {
        this.emitFile({ type: 'asset', fileName: bootName, source: boot })
        const built: Record<string, string | Uint8Array> = { [bootName]: boot, ...textsOf(bundle) }
        if (existsSync(workerEntry)) {
          const worker = await script(root, workerEntry, { SHELL: JSON.stringify(shellOf(resolve(root, 'public'), built)) })
          this.emitFile({ type: 'asset', fileName: 'sw.js', source: worker })
          built['sw.js'] = worker
        }
        emitCompressed(this, built)
      },
    },
  }
}

/** For pages that need none of that: the gzip copies alone. */
export function compressed(): Plugin {
  return {
    name: 'compressed',
    apply: 'build',
    generateBundle: {
      order: 'post',
      handler(_options, bundle) {
        emitCompressed(this, textsOf(bundle))
      },
    },
  }
}

function textsOf(bundle: Rollup.OutputBundle): Record<string, string | Uint8Array> {
  return Object.fromEntries(Object.values(bundle).map(file => [file.fileName, file.type === 'chunk' ? file.code : file.source]))
}

function emitCompressed(context: Rollup.PluginContext, built: Record<string, string | Uint8Array>): void {
  for (const [name, text] of Object.entries(built)) {
    if (!/\.(js|css|html)$/.test(name)) continue
    context.emitFile({ type: 'asset', fileName: `${name}.gz`, source: gzipSync(text, { level: 9 }) })
  }
}

function shellOf(publicFolder: string, built: Record<string, string | Uint8Array>): { version: string; files: string[] } {
  const ours = readdirSync(publicFolder).filter(name => name !== 'share.png')
  const files = [...Object.keys(built), ...ours].filter(name => !name.endsWith('.map')).map(name => `/${name}`)
  const contents = [
    ...Object.entries(built).map(([name, text]) => name + hashOf(text)),
    ...ours.map(name => hashOf(readFileSync(resolve(publicFolder, name)))),
  ]
  return { version: hashOf(contents.sort().join()), files }
}

/** One file without imports, as a classic script. */
async function script(root: string, entry: string, define: Record<string, string>): Promise<string> {
  const output = (await build({
    root,
    configFile: false,
    logLevel: 'warn',
    publicDir: false,
    define,
    build: { write: false, target: 'es2023', lib: { entry, formats: ['iife'], name: '_' }, minify: true },
  })) as Rollup.RollupOutput[] | Rollup.RollupOutput
  return (Array.isArray(output) ? output[0]! : output).output[0].code
}
