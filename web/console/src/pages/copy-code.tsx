import { Button, toast } from '@moviesir/ui'
import { t } from '../i18n/index.ts'

/** Code that can be copied and, by keyboard too, scrolled. */
export function CopyCode({ text }: { text: string }) {
  const words = t().app
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text)
      toast(words.copied)
    } catch {
      toast(words.notCopied)
    }
  }
  return (
    <div class="code">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <pre tabIndex={0}>
        <code>{text}</code>
      </pre>
      <Button onClick={() => void copy()}>{words.copy}</Button>
    </div>
  )
}
