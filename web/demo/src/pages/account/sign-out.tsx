import { auth } from '@moviesir/api-client'
import { Button, Dialog, navigate, toast } from '@moviesir/ui'
import { useState } from 'preact/hooks'
import { errorText } from '../../errors.ts'
import { t } from '../../i18n/index.ts'
import { loadMe } from '../../session.ts'
import { forget } from '../../ticket/store.ts'

export function SignOutButton() {
  const words = t().account
  const [isAsking, setAsking] = useState(false)
  const [isBusy, setBusy] = useState(false)
  const leave = async () => {
    setBusy(true)
    try {
      await auth.logout()
      forget()
      await loadMe()
      setAsking(false)
      toast(words.signedOut)
      navigate('/')
    } catch (error) {
      toast(errorText(error))
    } finally {
      setBusy(false)
    }
  }
  return (
    <>
      <Button onClick={() => setAsking(true)}>{words.signOut}</Button>
      {isAsking && (
        <Dialog title={words.signOut} closeLabel={t().app.close} onClose={() => setAsking(false)}>
          <p>{words.signOutAsk}</p>
          <div class="form-row">
            <Button onClick={() => setAsking(false)}>{t().app.cancel}</Button>
            <Button look="main" busy={isBusy} onClick={leave}>
              {words.signOut}
            </Button>
          </div>
        </Dialog>
      )}
    </>
  )
}
