import { Button } from '@moviesir/ui'
import { t } from '../i18n/index.ts'
import { copy } from './copy.ts'

/** Code that can be copied and, by keyboard too, scrolled. */
export function CopyCode({ text }: { text: string }) {
  const words = t().app
  return (
    <div class="code">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <pre tabIndex={0}>
        <code>{text}</code>
      </pre>
      <Button onClick={() => void copy(text, words)}>{words.copy}</Button>
    </div>
  )
}
