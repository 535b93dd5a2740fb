import { toast } from '@moviesir/ui'

/** Copies a text, and says whether the browser let it. */
export async function copy(text: string, words: { copied: string; notCopied: string }): Promise<void> {
  try {
    await navigator.clipboard.writeText(text)
    toast(words.copied)
  } catch {
    toast(words.notCopied)
  }
}
