import { type ImportResult, mypage } from '@moviesir/api-client'
import { Button, download, numberText, toast } from '@moviesir/ui'
import { useId, useState } from 'preact/hooks'
import { errorText } from '../../errors.ts'
import { t } from '../../i18n/index.ts'
import { loadMe } from '../../session.ts'

// Of 12 MiB that the API takes: JSON writes some letters as two or more.
const maximumBytes = 10 * 1024 * 1024

export function ImportHistory() {
  const words = t().me
  const id = useId()
  const [isBusy, setBusy] = useState(false)
  const [result, setResult] = useState<ImportResult | null>(null)
  const [error, setError] = useState<string | null>(null)
  const read = async (file: File) => {
    setError(null)
    setResult(null)
    const kind = /\.csv$/i.test(file.name) ? 'letterboxd' : /\.json$/i.test(file.name) ? 'trakt' : null
    if (!kind || file.size > maximumBytes) {
      setError(kind ? words.importTooLarge : words.importKind)
      return
    }
    setBusy(true)
    try {
      setResult(await mypage.import(kind, await file.text()))
      await loadMe()
    } catch (failure) {
      setError(errorText(failure))
    } finally {
      setBusy(false)
    }
  }
  return (
    <div class="settings-row">
      <label for={id}>
        <b>{words.import}</b>
      </label>
      <p class="hint" id={`${id}h`}>
        {words.importHint}
      </p>
      <input
        id={id}
        type="file"
        accept=".csv,.json"
        aria-describedby={`${id}h`}
        disabled={isBusy}
        onChange={event => {
          const file = event.currentTarget.files?.[0]
          if (file) void read(file)
        }}
      />
      {error && (
        <p class="field-error" role="alert">
          {error}
        </p>
      )}
      {result && (
        <div role="status">
          <p class="note">
            {words.importDone(numberText(result.read), numberText(result.added), numberText(result.already_there))}
          </p>
          {result.unmatched.length > 0 && (
            <details>
              <summary>{words.importMissed(numberText(result.unmatched_count))}</summary>
              <ul class="missed">
                {result.unmatched.map(miss => (
                  <li key={miss.line}>
                    {miss.line}: {miss.title} {miss.year && `(${miss.year})`}
                  </li>
                ))}
              </ul>
            </details>
          )}
        </div>
      )}
    </div>
  )
}

export function ExportData() {
  const words = t().me
  const [isBusy, setBusy] = useState(false)
  const save = async () => {
    setBusy(true)
    try {
      download('moviesir.json', 'application/json', JSON.stringify(await mypage.export(), null, 2))
    } catch (error) {
      toast(errorText(error))
    } finally {
      setBusy(false)
    }
  }
  return (
    <div class="settings-row">
      <p class="hint">{words.exportHint}</p>
      <Button busy={isBusy} onClick={save}>
        {words.export}
      </Button>
    </div>
  )
}
