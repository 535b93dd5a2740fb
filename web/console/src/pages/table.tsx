import { Scroll } from './scroll.tsx'

interface TableProps {
  label: string
  head: string[]
  /** The first of each row names it; the others are figures. */
  rows: string[][]
}

/** A table of figures. */
export function Table({ label, head, rows }: TableProps) {
  return (
    <Scroll label={label}>
      <table>
        <thead>
          <tr>
            {head.map((name, column) => (
              <th key={name} scope="col" class={column > 0 ? 'number' : ''}>
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(([first, ...rest]) => (
            <tr key={first}>
              <th scope="row">{first}</th>
              {rest.map((value, column) => (
                <td key={head[column + 1]} class="number">
                  {value}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  )
}
