import type { ComponentChildren } from 'preact'
import { useId } from 'preact/hooks'

interface Option<T extends string> {
  value: T
  label: ComponentChildren
}

interface SegmentsProps<T extends string> {
  label: string
  options: readonly Option<T>[]
  value: T
  onValue: (value: T) => void
}

/** One of a few, side by side: native radio buttons, so arrow keys move the choice. */
export function Segments<T extends string>({ label, options, value, onValue }: SegmentsProps<T>) {
  const name = useId()
  return (
    <fieldset class="segments">
      <legend class="hidden">{label}</legend>
      {options.map(option => (
        <label key={option.value}>
          <input type="radio" name={name} checked={option.value === value} onChange={() => onValue(option.value)} />
          <span>{option.label}</span>
        </label>
      ))}
    </fieldset>
  )
}

interface ChoiceProps {
  checked: boolean
  onChecked: (checked: boolean) => void
  children: ComponentChildren
  class?: string
}

/** One of many that may be chosen together: a native checkbox that looks like a chip. */
export function Choice({ checked, onChecked, children, class: extra = '' }: ChoiceProps) {
  return (
    <label class={`choice ${extra}`}>
      <input type="checkbox" checked={checked} onChange={event => onChecked(event.currentTarget.checked)} />
      <span>{children}</span>
    </label>
  )
}
