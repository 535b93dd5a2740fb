// The first script of the page, before any style: it sets what must be right at the first paint.
const read = (name: string): unknown => {
  try {
    return JSON.parse(localStorage.getItem(name) ?? 'null')
  } catch {
    return null
  }
}
const theme = read('theme')
if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme
const language = read('language')
if (language === 'en' || language === 'ko') document.documentElement.lang = language

export {}
