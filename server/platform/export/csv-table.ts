import { Readable } from 'node:stream'
import { csvLine, csvMark } from '../../../contract/csv.ts'
import { dayInFigures } from '../french.ts'
import type { Cell, Table } from './cells.ts'

const inFrench = (cell: Cell) => (typeof cell === 'object' && cell !== null ? dayInFigures(cell.day) : cell)

/** A table as CSV, written page by page. An error of a page ends the stream with that error. */
export const csvTable = (table: Table): Readable => Readable.from(chunksOf(table))

async function* chunksOf({ head, pages, closing }: Table): AsyncGenerator<string> {
  let rows = 0
  yield csvMark + csvLine(head)
  for await (const page of pages) {
    rows += page.length
    yield page.map(row => csvLine(row.map(inFrench))).join('')
  }
  yield ['', ...closing(rows)].map(line => csvLine([line])).join('')
}
