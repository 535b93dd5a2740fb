import { Button, Dialog } from '@moviesir/ui'
import type { ComponentChildren } from 'preact'
import { t } from '../i18n/index.ts'
import { Form, useSubmit } from './account/form.tsx'

interface ConfirmProps {
  title: string
  text: ComponentChildren
  /** What the button says that does it. */
  confirm: string
  onConfirm: () => Promise<void>
  onClose: () => void
}

/** Asks before what cannot be undone. An error stays in the dialog. */
export function Confirm({ title, text, confirm, onConfirm, onClose }: ConfirmProps) {
  const action = useSubmit(onConfirm)
  return (
    <Dialog title={title} closeLabel={t().app.close} onClose={onClose}>
      <p>{text}</p>
      <Form action={action} submit={confirm} isDanger>
        <Button onClick={onClose}>{t().app.cancel}</Button>
      </Form>
    </Dialog>
  )
}
