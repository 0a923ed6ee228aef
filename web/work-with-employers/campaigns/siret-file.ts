import {
  decode,
  type Encoding,
  isOldWorkbook,
  isWorkbook,
  rowsOf,
  type Separator,
  separators,
  workbookRows,
} from '../../platform/spreadsheet.ts'

/**
 * A list of SIRETs out of a file that a French spreadsheet wrote, read in the browser: no file leaves the device, only
 * the numbers found.
 */
export interface SiretFile {
  /** One a line of the file, from its first: what stands in the column of SIRETs, blank where there is none. */
  readonly lines: readonly string[]
  /** How it was understood, for the person to check. */
  readonly encoding: Encoding | 'workbook'
  readonly separator: Separator | undefined
  /** From 1, with its heading when the file has one. */
  readonly column: number
  readonly heading: string | undefined
  /** The spreadsheet had shortened the numbers (« 9,00E+13 »): their digits are lost. */
  readonly shortened: boolean
}
export type Unreadable = 'old-workbook' | 'broken' | 'empty' | 'no-siret'

const bare = (cell: string) => cell.replace(/[\s.\u00a0\u202f'’="]/g, '')
const sirets = /^\d{14}$/
/** A number that lost its first zeros in a spreadsheet. */
const cut = /^\d{11,13}$/
const scientific = /^\d+([.,]\d+)?E\+1[0-3]$/i

/** The same cells, cut in one way. */
interface Cut {
  readonly separator: Separator | undefined
  readonly rows: readonly (readonly string[])[]
}

/** What a file was, text or workbook. */
export const readSiretFile = async (file: Blob): Promise<SiretFile | Unreadable> => {
  const bytes = new Uint8Array(await file.arrayBuffer())
  if (isOldWorkbook(bytes)) return 'old-workbook'
  if (!isWorkbook(bytes)) return readSiretText(bytes)
  const rows = await workbookRows(file)
  if (!rows) return 'broken'
  return rows.some(row => row.some(cell => cell.trim()))
    ? siretsOf([{ separator: undefined, rows }], 'workbook')
    : 'empty'
}

export const readSiretText = (bytes: Uint8Array): SiretFile | Unreadable => {
  const { text, encoding } = decode(bytes)
  if (!text.trim()) return 'empty'
  const cuts = [undefined, ...separators.filter(separator => text.includes(separator))]
  return siretsOf(
    cuts.map(separator => ({ separator, rows: rowsOf(text, separator) })),
    encoding,
  )
}

const siretsOf = (cuts: readonly Cut[], encoding: SiretFile['encoding']): SiretFile | Unreadable => {
  // The separator under which the most SIRETs stand alone in one column; the smallest such column.
  let best: (Cut & { count: number; column: number; shortened: number }) | undefined
  for (const { separator, rows } of cuts) {
    const width = Math.max(...rows.slice(0, 200).map(row => row.length))
    for (let column = 0; column < Math.min(width, 100); column++) {
      let count = 0
      let shortened = 0
      for (const row of rows) {
        const cell = bare(row[column] ?? '')
        if (sirets.test(cell)) count += 2
        else if (cut.test(cell)) count += 1
        else if (scientific.test((row[column] ?? '').trim())) {
          count += 1
          shortened += 1
        }
      }
      if (count > (best?.count ?? 0)) best = { count, separator, column, rows, shortened }
    }
  }
  if (!best) return 'no-siret'
  const { separator, column, rows, shortened } = best
  const head = rows.find(row => row.some(cell => cell.trim()))
  const isHead = head !== undefined && /\D{3}/.test(head[column] ?? '') && !scientific.test((head[column] ?? '').trim())
  return {
    lines: rows.map(row => {
      const cell = row[column] ?? ''
      if (isHead && row === head) return ''
      const digits = bare(cell)
      return (cut.test(digits) ? digits.padStart(14, '0') : sirets.test(digits) ? digits : cell.trim()).slice(0, 40)
    }),
    encoding,
    separator,
    column: column + 1,
    heading: isHead ? head[column]!.trim() : undefined,
    shortened: shortened > 0,
  }
}
