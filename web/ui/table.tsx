// biome-ignore-all lint/a11y/noRedundantRoles: on a phone the rows are displayed as blocks, and a table displayed otherwise is no longer one for a screen reader
import { type ReactNode, useId, useRef } from 'react'
import { useShortcut } from '../platform/shortcuts.ts'
import { formatCount } from '../platform/format.ts'
import { Button } from './button.tsx'
import { Checkbox } from './fields.tsx'
import { Link } from './link.tsx'

export interface Column<T> {
  readonly head: string
  readonly cell: (row: T) => ReactNode
  /** Aligned right, digits of one width. */
  readonly numeric?: boolean
  /** Left out of the cards of a phone. */
  readonly secondary?: boolean
}

export interface DataTableProps<T> {
  /** Says what the rows are, with their number when known. */
  caption: string
  hideCaption?: boolean
  /** The first column is what names the row: the link, when there is one. */
  columns: readonly [Column<T>, ...Column<T>[]]
  rows: readonly T[]
  keyOf: (row: T) => string
  href?: (row: T) => string | undefined
  selection?: { readonly selected: ReadonlySet<string>; readonly onChange: (selected: ReadonlySet<string>) => void; readonly nameOf: (row: T) => string }
  /** Acts of the row, in a last column. */
  acts?: (row: T) => ReactNode
  more?: { readonly onMore: () => void; readonly busy: boolean; readonly left?: number | undefined }
  /** j and k walk through the rows. One table a page should have them. */
  keys?: boolean
}

/** Rows of 44 px under a head that stays; on a narrow screen each row becomes a card that keeps its headings. */
export const DataTable = <T,>({ caption, hideCaption = false, columns, rows, keyOf, href, selection, acts, more, keys = true }: DataTableProps<T>) => {
  const captionId = useId()
  const body = useRef<HTMLTableSectionElement>(null)
  const walk = (step: 1 | -1) => {
    const stops = [...(body.current?.querySelectorAll<HTMLElement>('[data-row-stop]') ?? [])]
    if (!stops.length) return false
    const row = document.activeElement?.closest('tr')
    const at = stops.findIndex(stop => stop.closest('tr') === row)
    stops[at === -1 ? 0 : Math.min(Math.max(at + step, 0), stops.length - 1)]!.focus()
    return undefined
  }
  useShortcut('next', () => walk(1), { enabled: keys })
  useShortcut('previous', () => walk(-1), { enabled: keys })

  const all = rows.length > 0 && rows.every(row => selection?.selected.has(keyOf(row)))
  const toggle = (ids: readonly string[], on: boolean) => {
    const next = new Set(selection!.selected)
    for (const id of ids) if (on) next.add(id); else next.delete(id)
    selection!.onChange(next)
  }
  const [first, ...others] = columns
  return (
    <div className="cc-table">
      <table role="table" aria-labelledby={captionId}>
        <caption id={captionId} className={hideCaption ? 'fr-sr-only' : ''}>{caption}</caption>
        <thead role="rowgroup">
          <tr role="row">
            {selection && <th role="columnheader" scope="col" className="cc-table__check"><Checkbox hideLabel label={all ? 'Ne plus sélectionner ces lignes' : 'Sélectionner toutes les lignes affichées'} checked={all} onChange={on => toggle(rows.map(keyOf), on)} /></th>}
            {columns.map(({ head, numeric }) => <th key={head} role="columnheader" scope="col" className={numeric ? 'cc-num' : ''}>{head}</th>)}
            {acts && <th role="columnheader" scope="col"><span className="fr-sr-only">Actions</span></th>}
          </tr>
        </thead>
        <tbody role="rowgroup" ref={body}>
          {rows.map(row => {
            const id = keyOf(row)
            const address = href?.(row)
            return (
              <tr key={id} role="row" data-selected={selection?.selected.has(id) || undefined}>
                {selection && <td role="cell" className="cc-table__check"><Checkbox hideLabel label={`Sélectionner ${selection.nameOf(row)}`} checked={selection.selected.has(id)} onChange={on => toggle([id], on)} /></td>}
                <th role="rowheader" scope="row">
                  {address ? <Link href={address} className="cc-table__link" data-row-stop="">{first.cell(row)}</Link> : first.cell(row)}
                </th>
                {others.map(({ head, cell, numeric, secondary }) => (
                  <td key={head} role="cell" data-head={head} className={`${numeric ? 'cc-num' : ''}${secondary ? ' cc-secondary' : ''}`}>{cell(row)}</td>
                ))}
                {acts && <td role="cell" className="cc-table__acts">{acts(row)}</td>}
              </tr>
            )
          })}
        </tbody>
      </table>
      {more && (
        <div className="cc-table__more">
          <Button priority="secondary" busy={more.busy} onClick={more.onMore}>{more.busy ? 'Chargement…' : 'Afficher la suite'}</Button>
          {more.left !== undefined && <span className="fr-text--sm fr-mb-0">{formatCount(rows.length, 'ligne affichée', 'lignes affichées')} sur {formatCount(more.left + rows.length, 'ligne')}</span>}
        </div>
      )}
    </div>
  )
}
