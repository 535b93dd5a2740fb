import '@moviesir/ui/ui.css'
import './styles/console.css'
import { setRenewPath } from '@moviesir/api-client'
import { applyLanguage, applyTheme, setShellWords } from '@moviesir/ui'
import { render } from 'preact'
import { App } from './app.tsx'
import { errorText } from './errors.ts'
import { t } from './i18n/index.ts'
import { loadMe } from './session.ts'

setRenewPath('/b2b/auth/refresh')
setShellWords(() => ({ ...t().shell, errorText }))
applyTheme()
applyLanguage()
render(<App />, document.getElementById('app')!)
void loadMe()
