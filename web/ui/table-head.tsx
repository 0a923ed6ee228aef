// biome-ignore-all lint/a11y/noRedundantRoles: on a phone the rows are displayed as blocks, and a table displayed otherwise is no longer one for a screen reader
import type { CSSProperties, ReactNode } from 'react'
import { useWide } from '../platform/wide.ts'

export interface Column<T> {
  readonly head: string
  readonly cell: (row: T) => ReactNode
  /** Aligned right, digits of one width. */
  readonly numeric?: boolean
  /** Left out of the cards of a phone. */
  readonly secondary?: boolean
  /** In a dense table, takes twice the room of the others. */
  readonly wide?: boolean
  /** Sorts by this column, or turns its order round; `way` when the rows stand in that order. */
  readonly sort?: { readonly way: 'ascending' | 'descending' | undefined; readonly run: () => void }
}

export const HeadCell = <T,>({
  column: { head, numeric, wide, sort },
  style,
}: {
  column: Column<T>
  style?: CSSProperties
}) => {
  // On a narrow screen the heads are out of sight: nothing in them takes the focus.
  const inSight = useWide()
  return (
    <th
      role="columnheader"
      scope="col"
      className={`${numeric ? 'cc-num' : ''}${wide ? ' cc-table__wide' : ''}`}
      {...(style ? { style } : {})}
      {...(sort?.way ? { 'aria-sort': sort.way } : {})}
    >
      {sort && inSight ? (
        <button type="button" className="cc-table__sort" title={`Trier par : ${head}`} onClick={sort.run}>
          {head}
        </button>
      ) : (
        head
      )}
    </th>
  )
}
