import { Button, Field, Pending, useLoad } from '@moviesir/ui'
import type { JSX } from 'preact'
import { useState } from 'preact/hooks'
import { t } from '../../i18n/index.ts'
import { Scroll } from '../scroll.tsx'

const size = 20

interface PagedProps<T> {
  load: (page: { search?: string; limit: number; offset: number }, signal: AbortSignal) => Promise<{ lines: T[]; total: number }>
  searchLabel: string
  head: string[]
  row: (line: T) => JSX.Element
}

/** A table in pages, with a search that is sent when it is asked for, not at each key. */
export function Paged<T>({ load, searchLabel, head, row }: PagedProps<T>) {
  const words = t().admin
  const [typed, setTyped] = useState('')
  const [search, setSearch] = useState('')
  const [offset, setOffset] = useState(0)
  const loaded = useLoad(signal => load({ ...(search && { search }), limit: size, offset }, signal), `${search} ${offset}`)
  return (
    <>
      <form
        class="search"
        onSubmit={event => {
          event.preventDefault()
          setSearch(typed.trim())
          setOffset(0)
        }}
      >
        <Field label={searchLabel} type="search" value={typed} onValue={setTyped} />
        <Button type="submit">{words.search}</Button>
      </form>
      <Pending of={loaded} />
      {loaded.data && (
        <>
          <Scroll label={searchLabel}>
            <table>
              <thead>
                <tr>
                  {head.map(name => (
                    <th key={name} scope="col">
                      {name}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>{loaded.data.lines.map(row)}</tbody>
            </table>
          </Scroll>
          <p class="pager">
            <span role="status">
              {words.range(
                loaded.data.total === 0 ? 0 : offset + 1,
                Math.min(offset + size, loaded.data.total),
                loaded.data.total,
              )}
            </span>
            <Button disabled={offset === 0} onClick={() => setOffset(Math.max(0, offset - size))}>
              {words.previous}
            </Button>
            <Button disabled={offset + size >= loaded.data.total} onClick={() => setOffset(offset + size)}>
              {words.next}
            </Button>
          </p>
        </>
      )}
    </>
  )
}
