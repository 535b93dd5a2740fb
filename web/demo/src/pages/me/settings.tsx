import { mypage, onboarding, users } from '@moviesir/api-client'
import { Button, Choice, ErrorNote, language, toast, useLoad } from '@moviesir/ui'
import { useState } from 'preact/hooks'
import { errorText } from '../../errors.ts'
import { t } from '../../i18n/index.ts'
import { loadMe, me } from '../../session.ts'
import { setAsk } from '../../ticket/ask.ts'
import { ExportData, ImportHistory } from './data.tsx'
import { Leave, NewEmail, NewNickname, NewPassword } from './profile.tsx'

export function Settings() {
  const words = t().me
  return (
    <div class="settings">
      <Services />
      <section>
        <h2>{words.profile}</h2>
        <NewNickname />
        <NewEmail />
        <NewPassword />
        <AdultMovies />
      </section>
      <section>
        <h2>{words.data}</h2>
        <ImportHistory />
        <ExportData />
      </section>
      <section>
        <h2>{words.leave}</h2>
        <Leave />
      </section>
    </div>
  )
}

function Services() {
  const words = t().me
  const providers = useLoad(onboarding.providers, 'providers')
  const [changed, setChanged] = useState<number[] | null>(null)
  const [isBusy, setBusy] = useState(false)
  const chosen = changed ?? me.value?.provider_ids ?? []
  const save = async () => {
    setBusy(true)
    try {
      await mypage.setProviders(chosen)
      setAsk({ providers: null })
      await loadMe()
      setChanged(null)
      toast(words.saved)
    } catch (error) {
      toast(errorText(error))
    } finally {
      setBusy(false)
    }
  }
  return (
    <section>
      <h2>{words.services}</h2>
      {providers.error !== null && <ErrorNote error={providers.error} onRetry={providers.reload} />}
      <fieldset class="choices">
        <legend class="hidden">{words.services}</legend>
        {providers.data?.providers.map(provider => (
          <Choice
            key={provider.provider_id}
            checked={chosen.includes(provider.provider_id)}
            onChecked={isChosen =>
              setChanged(isChosen ? [...chosen, provider.provider_id] : chosen.filter(id => id !== provider.provider_id))
            }
          >
            {language.value === 'ko' ? (provider.name_ko ?? provider.name) : provider.name}
          </Choice>
        ))}
      </fieldset>
      <Button look="main" busy={isBusy} aria-disabled={changed === null || undefined} onClick={save}>
        {t().app.save}
      </Button>
    </section>
  )
}

function AdultMovies() {
  const change = async (show_adult: boolean) => {
    try {
      me.value = await users.change({ show_adult })
    } catch (error) {
      toast(errorText(error))
    }
  }
  return (
    <Choice checked={me.value?.user?.show_adult ?? false} onChecked={checked => void change(checked)}>
      {t().me.adult}
    </Choice>
  )
}
