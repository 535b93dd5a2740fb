export { Button, IconButton } from './button.tsx'
export { Dialog } from './dialog.tsx'
export { Field, PasswordField } from './field.tsx'
export { Icon, type IconName } from './icon.tsx'
export { applyLanguage, dateText, duration, type Language, language, numberText } from './language.ts'
export { type Load, useLoad } from './load.ts'
export { Mark } from './mark.tsx'
export { Numerals } from './numerals.tsx'
export { Link, match, navigate, path, query, setQuery, takeArrival } from './router.tsx'
export { Choice, Segments } from './segments.tsx'
export {
  Crash,
  download,
  ErrorNote,
  Heading,
  LanguageButton,
  later,
  Pending,
  type ShellWords,
  setShellWords,
  ThemeButton,
  Waiting,
} from './shell.tsx'
export { readStored, stored, writeStored } from './stored.ts'
export { applyTheme, cycleTheme, type Theme, theme } from './theme.ts'
export { announce, dismissToast, Toasts, toast } from './toast.tsx'
export { useToken } from './use-token.ts'
