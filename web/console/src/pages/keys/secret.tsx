import { Button, Link } from '@moviesir/ui'
import { t } from '../../i18n/index.ts'
import { copy } from '../copy.ts'

/** A new key, whole: the only time that it is shown. */
export function Secret({ name, secret, onClose }: { name: string; secret: string; onClose: () => void }) {
  const words = t().keys
  return (
    <section class="secret" aria-label={words.secretTitle(name)} role="status">
      <h2>{words.secretTitle(name)}</h2>
      <p>{words.secretText}</p>
      <code class="secret-text">{secret}</code>
      <div class="card-foot">
        <Button look="main" onClick={() => void copy(secret, words)}>
          {words.copy}
        </Button>
        <Link to="/playground" class="button">
          <span>{words.try}</span>
        </Link>
        <Button look="quiet" onClick={onClose}>
          {words.hide}
        </Button>
      </div>
    </section>
  )
}
