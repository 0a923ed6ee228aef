import { PassThrough, Readable } from 'node:stream'
import { ZipFile } from 'yazl'
import type { Table } from './cells.ts'
import { rowXml, sheetEnd, sheetStart, styles, workbookParts } from './xlsx-parts.ts'

/**
 * A table as a workbook of one sheet, written page by page: nothing is held but the page being written.
 * An error of a page ends the stream with that error.
 */
export const xlsxTable = (table: Table, madeAt: Date): Readable => {
  const out = new PassThrough()
  const zip = new ZipFile()
  const sheet = Readable.from(sheetOf(table))
  const fail = (error: unknown) => out.destroy(error as Error)
  sheet.on('error', fail)
  zip.on('error', fail)
  // Whoever gives up the download stops the reading.
  out.on('close', () => sheet.destroy())
  for (const [path, xml] of workbookParts(table.title)) zip.addBuffer(Buffer.from(xml), path, { mtime: madeAt })
  zip.addReadStream(sheet, 'xl/worksheets/sheet1.xml', { mtime: madeAt })
  zip.end()
  zip.outputStream.pipe(out)
  return out
}

async function* sheetOf({ head, pages, closing }: Table): AsyncGenerator<Buffer> {
  let last = 1
  yield Buffer.from(sheetStart(head.length) + rowXml(head, last, styles.head))
  for await (const page of pages) {
    yield Buffer.from(page.map((row, i) => rowXml(row, last + 1 + i)).join(''))
    last += page.length
  }
  const lines = closing(last - 1).map((line, i) => rowXml([line], last + 2 + i)) // after an empty row
  yield Buffer.from(lines.join('') + sheetEnd(head.length, last))
}
