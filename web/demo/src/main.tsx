import '@moviesir/ui/ui.css'
import './styles/app.css'
import { applyTheme } from '@moviesir/ui'
import { render } from 'preact'
import { App } from './app.tsx'
import { applyLanguage } from './i18n/language.ts'
import { loadMe } from './session.ts'
import { registerWorker } from './shell/worker.ts'

applyTheme()
applyLanguage()
render(<App />, document.getElementById('app')!)
void loadMe()
registerWorker()
