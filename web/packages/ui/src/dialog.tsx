import type { ComponentChildren } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import { IconButton } from './button.tsx'

interface DialogProps {
  title: string
  closeLabel: string
  onClose: () => void
  children: ComponentChildren
  class?: string
  /** For a dialog that draws its own heading. */
  hideTitle?: boolean
}

/** A modal dialog: the browser keeps the focus in it, and Esc, the close button and a click beside it close it. */
export function Dialog({ title, closeLabel, onClose, children, class: extra = '', hideTitle = false }: DialogProps) {
  const element = useRef<HTMLDialogElement>(null)
  useEffect(() => {
    const dialog = element.current
    const opener = document.activeElement as HTMLElement | null
    if (dialog && !dialog.open) dialog.showModal()
    return () => {
      dialog?.close()
      opener?.focus?.({ preventScroll: true })
    }
  }, [])
  return (
    <dialog
      ref={element}
      class={`dialog ${extra}`}
      aria-label={title}
      onCancel={event => {
        event.preventDefault()
        onClose()
      }}
      onClick={event => {
        if (event.target === element.current) onClose()
      }}
      onKeyDown={() => {}}
    >
      <div class="dialog-body">
        <div class="dialog-head">
          {hideTitle ? <span /> : <h2>{title}</h2>}
          <IconButton icon="remove" label={closeLabel} onClick={onClose} />
        </div>
        {children}
      </div>
    </dialog>
  )
}
