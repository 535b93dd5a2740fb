import { Heading } from '@moviesir/ui'
import type { ComponentChildren } from 'preact'
import { Conductor } from '../../shell/conductor.tsx'

interface FormProps {
  title: string
  lead?: string
  error?: string | null
  onSubmit: () => void
  children: ComponentChildren
  /** Below the form. */
  foot?: ComponentChildren
}

/** A page with one small form on it. */
export function FormPage({ title, lead, error, onSubmit, children, foot }: FormProps) {
  return (
    <div class="page form-page">
      <div class="form-head">
        <Conductor />
        <Heading>{title}</Heading>
        {lead && <p class="lead">{lead}</p>}
      </div>
      <form
        class="form-card"
        noValidate
        onSubmit={event => {
          event.preventDefault()
          onSubmit()
        }}
      >
        {children}
        {error && (
          <p class="field-error" role="alert">
            {error}
          </p>
        )}
      </form>
      {foot && <div class="form-foot">{foot}</div>}
    </div>
  )
}
