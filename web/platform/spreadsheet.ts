import { csvToRead } from '../../contract/csv.ts'

/** A spreadsheet that someone chose, read on their device: text of any separator and encoding, or a workbook. */
export const separators = [';', '\t', ',', '|'] as const
export type Separator = (typeof separators)[number]
export const separatorWords: Record<Separator, string> = {
  ';': 'séparé par des points-virgules',
  ',': 'séparé par des virgules',
  '\t': 'séparé par des tabulations',
  '|': 'séparé par des barres',
}
export type Encoding = 'UTF-8' | 'UTF-16' | 'Windows-1252'

/** UTF-8 when it is, else Windows-1252, which any bytes are. */
export const decode = (bytes: Uint8Array): { text: string; encoding: Encoding } => {
  if (bytes[0] === 0xff && bytes[1] === 0xfe)
    return { text: new TextDecoder('utf-16le').decode(bytes), encoding: 'UTF-16' }
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes), encoding: 'UTF-8' }
  } catch {
    return { text: new TextDecoder('windows-1252').decode(bytes), encoding: 'Windows-1252' }
  }
}

/** Rows of cells; quotes hold separators, line ends and doubled quotes. */
export const rowsOf = (text: string, separator: string | undefined): string[][] => {
  if (separator === undefined) return text.split(/\r\n|\r|\n/).map(line => [line.replace(/^"(.*)"$/, '$1')])
  const rows: string[][] = []
  let row: string[] = []
  let cell = ''
  let quoted = false
  for (let at = 0; at < text.length; at++) {
    const char = text[at]!
    if (quoted) {
      if (char !== '"') cell += char
      else if (text[at + 1] === '"') {
        cell += '"'
        at++
      } else quoted = false
    } else if (char === '"' && cell.trim() === '') {
      quoted = true
      cell = ''
    } else if (char === separator) {
      row.push(cell)
      cell = ''
    } else if (char === '\n' || char === '\r') {
      if (char === '\r' && text[at + 1] === '\n') at++
      rows.push([...row, cell])
      row = []
      cell = ''
    } else cell += char
  }
  if (cell || row.length) rows.push([...row, cell])
  return rows
}

const twoDigits = (n: number) => String(n).padStart(2, '0')
/** A date of a workbook is midnight in UTC, whatever the device's own time. */
const cellText = (cell: unknown): string =>
  cell instanceof Date
    ? `${cell.getUTCFullYear()}-${twoDigits(cell.getUTCMonth() + 1)}-${twoDigits(cell.getUTCDate())}`
    : cell === null || cell === undefined
      ? ''
      : String(cell)

export const isWorkbook = (bytes: Uint8Array): boolean => bytes[0] === 0x50 && bytes[1] === 0x4b
export const isOldWorkbook = (bytes: Uint8Array): boolean => bytes[0] === 0xd0 && bytes[1] === 0xcf

/**
 * The cells of the first sheet; undefined when the workbook is broken. The reader of workbooks comes only when there is
 * one to read.
 */
export const workbookRows = async (file: Blob): Promise<string[][] | undefined> => {
  const { default: read } = await import('read-excel-file/universal')
  try {
    const [sheet] = (await read(file)) as unknown as { data: unknown[][] }[]
    return (sheet?.data ?? []).map(row => row.map(cellText))
  } catch {
    return undefined
  }
}

export const unreadWorkbook =
  'Ce classeur ne se lit pas. Enregistrez la feuille en .xlsx ou en CSV (Fichier, Enregistrer sous), puis choisissez ce fichier.'
/** The table as text for the service to read, whatever it was saved as; undefined when the workbook is not read. */
export const spreadsheetText = async (file: Blob): Promise<string | undefined> => {
  const bytes = new Uint8Array(await file.arrayBuffer())
  if (isOldWorkbook(bytes)) return undefined
  if (!isWorkbook(bytes)) return decode(bytes).text
  const rows = await workbookRows(file)
  return rows && csvToRead(rows)
}
