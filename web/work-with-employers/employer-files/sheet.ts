import {
  decode,
  isOldWorkbook,
  isWorkbook,
  rowsOf,
  type Separator,
  separators,
  separatorWords,
  workbookRows,
} from '../../platform/spreadsheet.ts'

/** A file of rows as it was understood, for the person to check: it is read on the device and stays there. */
export interface Sheet {
  readonly headings: readonly string[]
  /** Without the headings nor blank rows; each with its number in the file. */
  readonly rows: readonly { readonly line: number; readonly cells: readonly string[] }[]
  /** « séparé par des points-virgules, caractères UTF-8 », « première feuille du classeur ». */
  readonly how: string
}
/** A file that was chosen, with what tells it from others. */
export interface Chosen {
  readonly name: string
  readonly sheet: Sheet
  readonly sha256: string
  readonly headings: string
}
export type Unreadable = 'old-workbook' | 'empty' | 'no-columns' | 'broken'

/** Under which separator the first rows have the same number of cells, the most of them. */
const separatorOf = (text: string): Separator | undefined => {
  const scored = separators.map(separator => {
    const widths = rowsOf(text.slice(0, 20_000), separator)
      .slice(0, 20)
      .filter(row => row.some(cell => cell.trim()))
      .map(({ length }) => length)
    const [first = 0] = widths
    return { separator, score: first < 2 ? 0 : widths.filter(width => width === first).length * 100 + first }
  })
  const best = scored.toSorted((a, b) => b.score - a.score)[0]!
  return best.score > 0 ? best.separator : undefined
}

export const sheetOf = (all: readonly (readonly string[])[], how: string): Sheet | Unreadable => {
  const filled = all
    .map((cells, at) => ({ line: at + 1, cells: cells.map(cell => cell.trim()) }))
    .filter(({ cells }) => cells.some(Boolean))
  const [head, ...rows] = filled
  if (!head || rows.length === 0) return 'empty'
  const width = Math.min(100, Math.max(...filled.slice(0, 200).map(({ cells }) => cells.length)))
  if (width < 2) return 'no-columns'
  return {
    headings: Array.from({ length: width }, (_, at) => head.cells[at] || `Colonne ${at + 1}`),
    rows,
    how,
  }
}

export const readCsv = (bytes: Uint8Array): Sheet | Unreadable => {
  const { text, encoding } = decode(bytes)
  if (!text.trim()) return 'empty'
  const separator = separatorOf(text)
  if (!separator) return 'no-columns'
  return sheetOf(rowsOf(text, separator), `${separatorWords[separator]}, caractères ${encoding}`)
}

export const readSheet = async (file: Blob): Promise<Sheet | Unreadable> => {
  const bytes = new Uint8Array(await file.arrayBuffer())
  if (isOldWorkbook(bytes)) return 'old-workbook'
  if (!isWorkbook(bytes)) return readCsv(bytes)
  const rows = await workbookRows(file)
  return rows ? sheetOf(rows, 'première feuille du classeur') : 'broken'
}

export const sha256 = async (content: BufferSource): Promise<string> =>
  [...new Uint8Array(await crypto.subtle.digest('SHA-256', content))]
    .map(byte => byte.toString(16).padStart(2, '0'))
    .join('')
/** What tells that a file has the columns of another: their titles, in their order. */
export const headingsDigest = (headings: readonly string[]): Promise<string> =>
  sha256(new TextEncoder().encode(JSON.stringify(headings.map(heading => heading.toLowerCase()))))
