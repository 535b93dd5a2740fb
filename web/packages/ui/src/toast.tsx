import { signal } from '@preact/signals'
import { Button } from './button.tsx'

interface Toast {
  text: string
  action?: { label: string; run: () => void }
}

const shown = signal<Toast | null>(null)
const spoken = signal('')
let timer: ReturnType<typeof setTimeout> | undefined

const seconds = 8

/** Says something at the foot of the page, until the next thing is said or a while has passed. */
export function toast(text: string, action?: Toast['action']): void {
  shown.value = action ? { text, action } : { text }
  clearTimeout(timer)
  timer = setTimeout(dismissToast, seconds * 1000)
}

export function dismissToast(): void {
  shown.value = null
}

/** Says something to people who cannot see the page change. */
export function announce(text: string): void {
  spoken.value = ''
  requestAnimationFrame(() => {
    spoken.value = text
  })
}

export function Toasts() {
  const current = shown.value
  return (
    <>
      <div class="hidden" aria-live="polite">
        {spoken.value}
      </div>
      <div class="toasts" role="status">
        {current && (
          <div class="toast">
            <span>{current.text}</span>
            {current.action && (
              <Button
                look="quiet"
                icon="undo"
                onClick={() => {
                  current.action?.run()
                  dismissToast()
                }}
              >
                {current.action.label}
              </Button>
            )}
          </div>
        )}
      </div>
    </>
  )
}
