import type { listIndicatorRows } from '../../../contract/oversight/indicators.ts'
import type { Reply } from '../../../contract/route.ts'
import type { ShownColumn } from '../../exports/file-columns.ts'
import { formatNumber } from '../../platform/format.ts'
import { type ListColumns, useListColumns } from '../../platform/list-columns.ts'
import { type Column, RelativeDay } from '../../ui/index.ts'
import { ChooseColumns } from '../../work-with-employers/saved-views/choose-columns.tsx'

type Row = Reply<typeof listIndicatorRows>['items'][number]
export type ColumnId = ShownColumn<'indicatorRows'>
const rowColumns = {
  detail: { head: 'Détail', cell: ({ detail }) => detail },
  date: { head: 'Date', cell: ({ on }) => on && <RelativeDay date={on} /> },
  nombre: { head: 'Nombre', numeric: true, cell: ({ count }) => count !== null && formatNumber(count) },
} satisfies Record<ColumnId, Column<Row>>

const columns: ListColumns<ColumnId> = {
  words: { detail: 'Détail', date: 'Date', nombre: 'Nombre' },
  usual: ['detail', 'date', 'nombre'],
}
export const ChooseRowColumns = () => <ChooseColumns columns={columns} />

/** Those chosen that some of these rows have something to say in. */
export const useRowColumns = () => {
  const { chosen } = useListColumns(columns)
  return (rows: readonly Row[]): readonly Column<Row>[] => {
    const told: Record<ColumnId, boolean> = {
      detail: true,
      date: rows.some(({ on }) => on),
      nombre: rows.some(({ count }) => count !== null),
    }
    return chosen.filter(id => told[id]).map(id => rowColumns[id])
  }
}
