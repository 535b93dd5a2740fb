import type { ButtonHTMLAttributes, ComponentChildren } from 'preact'
import { Icon, type IconName } from './icon.tsx'

type Common = Omit<ButtonHTMLAttributes, 'icon'> & { class?: string; icon?: IconName }
type ButtonProps = Common & { children: ComponentChildren; look?: 'main' | 'plain' | 'quiet' | 'danger'; busy?: boolean }

/** A button with words. A busy one keeps its width and its focus, and does nothing. */
export function Button({ look = 'plain', busy = false, icon, children, class: extra = '', onClick, ...rest }: ButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      class={`button button-${look} ${extra}`}
      aria-busy={busy}
      aria-disabled={busy || undefined}
      onClick={event => {
        if (busy) event.preventDefault()
        else onClick?.(event)
      }}
    >
      {icon && <Icon name={icon} />}
      <span>{children}</span>
    </button>
  )
}

/** A button that shows an icon only; `label` is its name. */
export function IconButton({ icon, label, class: extra = '', ...rest }: Common & { icon: IconName; label: string }) {
  return (
    <button type="button" {...rest} class={`icon-button ${extra}`} aria-label={label} title={label}>
      <Icon name={icon} />
    </button>
  )
}
