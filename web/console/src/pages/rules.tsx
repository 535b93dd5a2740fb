import { type NewRule, type Rule, type RuleKind, rules } from '@moviesir/api-client/console'
import { Button, ErrorNote, Field, Heading, IconButton, numberText, Pending, Segments, toast, useLoad } from '@moviesir/ui'
import { useState } from 'preact/hooks'
import { errorText, fieldError } from '../errors.ts'
import { t } from '../i18n/index.ts'
import { may } from '../session.ts'
import { Form, useSubmit } from './account/form.tsx'
import { percent } from './figures.ts'

const kinds: RuleKind[] = ['keyword', 'genre', 'id']

/** What a company never wants recommended: tried first, then kept. */
export function Rules() {
  const words = t().rules
  const loaded = useLoad(signal => rules.list(signal), null)
  const [draft, setDraft] = useState<NewRule[]>([])
  const add = (added: NewRule[]) => {
    const known = new Set([...(loaded.data?.rules ?? []), ...draft].map(keyOf))
    const fresh = added.filter(rule => !known.has(keyOf(rule)))
    if (fresh.length) setDraft([...draft, ...fresh])
    else toast(words.alreadyThere)
  }
  const remove = async (rule: Rule) => {
    try {
      await rules.remove(rule.rule_id)
      toast(words.removed, {
        label: t().app.undo,
        run: () => void rules.add([{ kind: rule.kind, value: rule.value }]).then(loaded.reload, error => toast(errorText(error))),
      })
      loaded.reload()
    } catch (error) {
      toast(errorText(error))
    }
  }
  return (
    <div class="page">
      <Heading>{words.title}</Heading>
      <p class="lead">{words.lead}</p>
      {may('developer') && <Add presets={loaded.data?.presets ?? []} onAdd={add} />}
      {draft.length > 0 && (
        <Draft
          draft={draft}
          onDraft={setDraft}
          onSaved={saved => {
            setDraft([])
            if (loaded.data) loaded.set({ ...loaded.data, rules: saved })
            toast(words.saved)
          }}
        />
      )}
      <section class="card">
        <h2>{words.inForce}</h2>
        <Pending of={loaded} />
        {loaded.data?.rules.length === 0 && <p class="note">{words.none}</p>}
        <ul class="rule-list">
          {loaded.data?.rules.map(rule => (
            <li key={rule.rule_id}>
              <small>{words.kinds[rule.kind]}</small>
              <span>
                {rule.value}
                {rule.title && <small> {rule.title}</small>}
              </span>
              {may('developer') && (
                <IconButton icon="remove" label={words.removeRule(rule.value)} onClick={() => void remove(rule)} />
              )}
            </li>
          ))}
        </ul>
      </section>
    </div>
  )
}

const keyOf = (rule: NewRule): string => `${rule.kind}:${rule.value.toLowerCase()}`

function Add({ presets, onAdd }: { presets: { preset: string; rules: NewRule[] }[]; onAdd: (added: NewRule[]) => void }) {
  const words = t().rules
  const [kind, setKind] = useState<RuleKind>('keyword')
  const [value, setValue] = useState('')
  const [error, setError] = useState<string | null>(null)
  return (
    <section class="card">
      <h2>{words.add}</h2>
      <form
        class="form"
        onSubmit={event => {
          event.preventDefault()
          const typed = value.trim()
          if (!typed) return setError(words.valueMissing)
          if (kind === 'id' && !/^\d{1,9}$/.test(typed)) return setError(words.idWrong)
          setError(null)
          onAdd([{ kind, value: typed }])
          setValue('')
        }}
      >
        <Segments
          label={words.kind}
          value={kind}
          onValue={setKind}
          options={kinds.map(name => ({ value: name, label: words.kinds[name] }))}
        />
        <Field
          label={words.values[kind]}
          value={value}
          onValue={setValue}
          maxLength={100}
          hint={words.valueHints[kind]}
          error={error}
        />
        <div class="card-foot">
          <Button type="submit">{words.tryIt}</Button>
          {presets.map(preset => (
            <Button key={preset.preset} look="quiet" icon="plus" onClick={() => onAdd(preset.rules)}>
              {(words.presets as Record<string, string>)[preset.preset] ?? preset.preset}
            </Button>
          ))}
        </div>
      </form>
    </section>
  )
}

interface DraftProps {
  draft: NewRule[]
  onDraft: (draft: NewRule[]) => void
  onSaved: (saved: Rule[]) => void
}

/** Rules that are not in force yet, and what they would remove. */
function Draft({ draft, onDraft, onSaved }: DraftProps) {
  const words = t().rules
  const preview = useLoad(signal => rules.preview(draft, signal), JSON.stringify(draft))
  const action = useSubmit(async () => onSaved((await rules.add(draft)).rules))
  // In the order of the draft; while a change of it is being counted, they are of the one before.
  const counts = preview.data?.rules.length === draft.length ? preview.data.rules : []
  return (
    <section class="card draft" aria-live="polite">
      <h2>{words.draft}</h2>
      <ul class="rule-list">
        {draft.map((rule, index) => (
          <li key={keyOf(rule)}>
            <small>{words.kinds[rule.kind]}</small>
            <span>{rule.value}</span>
            <small>{counts[index] && words.movies(numberText(counts[index].removed))}</small>
            <IconButton
              icon="remove"
              label={words.removeRule(rule.value)}
              onClick={() => onDraft(draft.filter((_, other) => other !== index))}
            />
          </li>
        ))}
      </ul>
      {preview.error ? <ErrorNote error={preview.error} onRetry={preview.reload} /> : null}
      {preview.data && (
        <>
          <p>
            {words.removes(
              numberText(preview.data.removed),
              numberText(preview.data.movies),
              percent(preview.data.movies === 0 ? null : preview.data.removed / preview.data.movies),
            )}
          </p>
          {preview.data.examples.length > 0 && (
            <ul class="examples">
              {preview.data.examples.map(movie => (
                <li key={movie.movie_id}>
                  {movie.title}
                  {movie.release_date && <small> {movie.release_date.slice(0, 4)}</small>}
                </li>
              ))}
            </ul>
          )}
        </>
      )}
      <Form action={action} submit={words.save}>
        {fieldError(action.error, 'rules') && <p class="field-error">{fieldError(action.error, 'rules')}</p>}
      </Form>
      <Button look="quiet" onClick={() => onDraft([])}>
        {words.discard}
      </Button>
    </section>
  )
}
