// biome-ignore-all lint/a11y/noRedundantRoles: on a phone the rows are displayed as blocks, and a table displayed otherwise is no longer one for a screen reader
import { type MouseEvent, memo, type ReactNode, useId, useMemo, useRef } from 'react'
import { useShortcut } from '../platform/shortcuts.ts'
import { Checkbox } from './choice-fields.tsx'
import { Link } from './link.tsx'
import { ListMore, type MorePages } from './list-more.tsx'
import { useKeptPlace } from './place.ts'
import { type Column, HeadCell } from './table-head.tsx'
import { denseHeight, useRowsInSight, useSteadyWidths, usualHeight } from './table-window.ts'
import './dense.css'

export interface DataTableProps<T> {
  /** Says what the rows are, with their number when known. */
  caption: string
  hideCaption?: boolean
  /** The first column is what names the row: the link, when there is one. */
  columns: readonly [Column<T>, ...Column<T>[]]
  rows: readonly T[]
  keyOf: (row: T) => string
  href?: (row: T) => string | undefined
  /** Opens the row in the page; its address still opens it elsewhere. Keep the same function at each render. */
  onOpen?: ((row: T) => void) | undefined
  /** Key of the row that is open beside the table. */
  current?: string | undefined
  selection?: {
    readonly selected: ReadonlySet<string>
    readonly onChange: (selected: ReadonlySet<string>) => void
    readonly nameOf: (row: T) => string
  }
  /** Acts of the row, in a last column. */
  acts?: (row: T) => ReactNode
  more?: MorePages
  /** j and k walk through the rows. One table a page should have them. */
  keys?: boolean
  /** Rows of 40 px, of one line each; on a phone, three lines without headings. */
  dense?: boolean
}

/**
 * Rows of 44 px under a head that stays; on a narrow screen each row becomes a card that keeps its headings. Past a
 * hundred rows, only those in sight are drawn.
 */
export const DataTable = <T,>({
  caption,
  hideCaption = false,
  columns,
  rows,
  keyOf,
  href,
  onOpen,
  current,
  selection,
  acts,
  more,
  keys = true,
  dense = false,
}: DataTableProps<T>) => {
  const captionId = useId()
  const table = useRef<HTMLTableElement>(null)
  const body = useRef<HTMLTableSectionElement>(null)
  const walk = (step: 1 | -1) => {
    const stops = [...(body.current?.querySelectorAll<HTMLElement>('[data-row-stop]') ?? [])]
    if (!stops.length) return false
    const row = document.activeElement?.closest('tr')
    const at = stops.findIndex(stop => stop.closest('tr') === row)
    const first = Math.max(
      0,
      stops.findIndex(stop => stop.getBoundingClientRect().top >= 0),
    )
    stops[at === -1 ? first : Math.min(Math.max(at + step, 0), stops.length - 1)]!.focus()
    return undefined
  }
  useShortcut('next', () => walk(1), { enabled: keys })
  useShortcut('previous', () => walk(-1), { enabled: keys })

  // biome-ignore lint/correctness/useExhaustiveDependencies: how a row is named does not change while the rows are the same
  const ids = useMemo(() => rows.map(keyOf), [rows])
  const { drawn, below, partial, measure, onFocus } = useRowsInSight(ids, body, dense ? denseHeight : usualHeight)
  useKeptPlace(body, ids)
  const widths = useSteadyWidths(table, partial, columns.map(({ head }) => head).join('|'))
  const all = rows.length > 0 && ids.every(id => selection?.selected.has(id))
  const toggle = (chosen: readonly string[], on: boolean) => {
    const next = new Set(selection!.selected)
    for (const id of chosen)
      if (on) next.add(id)
      else next.delete(id)
    selection!.onChange(next)
  }
  const cells = columns.length + (selection ? 1 : 0) + (acts ? 1 : 0)
  const width = (at: number) => (widths?.[at] === undefined ? {} : { style: { width: widths[at] } })
  // The head is row 1. Of a list not read to its end, the number is said when known.
  const rowCount = !more ? rows.length + 1 : more.left === undefined ? -1 : rows.length + more.left + 1
  return (
    <div className={dense ? 'cc-table cc-table--dense' : 'cc-table'}>
      <table role="table" aria-labelledby={captionId} ref={table} {...(partial ? { 'aria-rowcount': rowCount } : {})}>
        <caption id={captionId} className={hideCaption ? 'fr-sr-only' : ''}>
          {caption}
        </caption>
        <thead role="rowgroup">
          <tr role="row" {...(partial ? { 'aria-rowindex': 1 } : {})}>
            {selection && (
              <th role="columnheader" scope="col" className="cc-table__check">
                <Checkbox
                  hideLabel
                  label={all ? 'Ne plus sélectionner ces lignes' : 'Sélectionner toutes les lignes affichées'}
                  checked={all}
                  onChange={on => toggle(ids, on)}
                />
              </th>
            )}
            {columns.map((column, at) => (
              <HeadCell key={column.head} column={column} {...width(at + (selection ? 1 : 0))} />
            ))}
            {acts && (
              <th role="columnheader" scope="col" className="cc-table__acts" {...width(cells - 1)}>
                <span className="fr-sr-only">Actions</span>
              </th>
            )}
          </tr>
        </thead>
        <tbody role="rowgroup" ref={body} onFocus={onFocus}>
          {drawn.flatMap(({ index, above }) => {
            const id = ids[index]!
            const row = (
              <Row
                key={id}
                row={rows[index]!}
                index={index}
                id={id}
                counted={partial}
                columns={columns}
                href={href}
                onOpen={onOpen}
                current={id === current}
                acts={acts}
                selection={selection}
                selected={!!selection?.selected.has(id)}
                toggle={toggle}
                measure={measure}
              />
            )
            return above > 0 ? [<Gap key={`above ${id}`} cells={cells} height={above} />, row] : [row]
          })}
          {below > 0 && <Gap cells={cells} height={below} />}
        </tbody>
      </table>
      {more && <ListMore more={more} shown={rows.length} />}
    </div>
  )
}

/** The room of the rows that are not drawn. */
const Gap = ({ cells, height }: { cells: number; height: number }) => (
  // biome-ignore lint/a11y/noAriaHiddenOnFocusable: a row without anything in it takes no focus
  <tr className="cc-table__gap" aria-hidden="true">
    <td colSpan={cells} style={{ height }} />
  </tr>
)

interface RowProps<T> extends Pick<DataTableProps<T>, 'columns'> {
  readonly row: T
  readonly index: number
  readonly id: string
  /** Its number is said, since some of the others are not drawn. */
  readonly counted: boolean
  readonly href: DataTableProps<T>['href']
  readonly onOpen: DataTableProps<T>['onOpen']
  readonly current: boolean
  readonly acts: DataTableProps<T>['acts']
  readonly selection: DataTableProps<T>['selection']
  readonly selected: boolean
  readonly toggle: (ids: readonly string[], on: boolean) => void
  readonly measure: ((row: HTMLTableRowElement | null) => void) | undefined
}
/** A plain press opens in the page; with a key held, the browser follows the address. */
const opensHere = (event: MouseEvent) => {
  if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return false
  event.preventDefault()
  return true
}
const PlainRow = <T,>({
  row,
  index,
  id,
  counted,
  columns: [first, ...others],
  href,
  onOpen,
  current,
  acts,
  selection,
  selected,
  toggle,
  measure,
}: RowProps<T>) => {
  const address = href?.(row)
  return (
    <tr
      role="row"
      ref={measure}
      data-index={index}
      data-selected={selected || undefined}
      data-current={current || undefined}
      {...(counted ? { 'aria-rowindex': index + 2 } : {})}
    >
      {selection && (
        <td role="cell" className="cc-table__check">
          <Checkbox
            hideLabel
            label={`Sélectionner ${selection.nameOf(row)}`}
            checked={selected}
            onChange={on => toggle([id], on)}
          />
        </td>
      )}
      <th role="rowheader" scope="row">
        {address ? (
          <Link
            href={address}
            className="cc-table__link"
            data-row-stop=""
            {...(current ? { 'aria-current': true } : {})}
            {...(onOpen ? { onClick: event => opensHere(event) && onOpen(row) } : {})}
          >
            {first.cell(row)}
          </Link>
        ) : (
          first.cell(row)
        )}
      </th>
      {others.map(({ head, cell, numeric, secondary }) => (
        <td
          key={head}
          role="cell"
          data-head={head}
          className={`${numeric ? 'cc-num' : ''}${secondary ? ' cc-secondary' : ''}`}
        >
          {cell(row)}
        </td>
      ))}
      {acts && (
        <td role="cell" className="cc-table__acts">
          {acts(row)}
        </td>
      )}
    </tr>
  )
}
/**
 * While one scrolls the table is drawn again, its rows are not: what they are made from comes from the page, which does
 * not move. Without a selection, `toggle` reaches nothing.
 */
const Row = memo(PlainRow, (old, now) =>
  Object.keys(now).every(
    name => (name === 'toggle' && !now.selection) || old[name as keyof typeof old] === now[name as keyof typeof now],
  ),
) as typeof PlainRow
