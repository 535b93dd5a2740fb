import { app } from '../vite-shell.ts'

export default app(import.meta.dirname)
