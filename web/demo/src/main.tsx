import '@moviesir/ui/ui.css'
import './styles/app.css'
import { applyLanguage, applyTheme, setShellWords } from '@moviesir/ui'
import { render } from 'preact'
import { App } from './app.tsx'
import { errorText } from './errors.ts'
import { t } from './i18n/index.ts'
import { loadMe } from './session.ts'
import { registerWorker } from './shell/worker.ts'

setShellWords(() => {
  const { app, errors } = t()
  return { ...app, crashTitle: errors.title, crashed: errors.crashed, reload: errors.reload, errorText }
})
applyTheme()
applyLanguage()
render(<App />, document.getElementById('app')!)
void loadMe()
registerWorker()
