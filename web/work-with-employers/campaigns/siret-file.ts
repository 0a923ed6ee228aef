/**
 * A list of SIRETs out of a file that a French spreadsheet wrote, read in the browser: no file leaves the device, only
 * the numbers found.
 */
export interface SiretFile {
  /** One a line of the file, from its first: what stands in the column of SIRETs, blank where there is none. */
  readonly lines: readonly string[]
  /** How it was understood, for the person to check. */
  readonly encoding: 'UTF-8' | 'UTF-16' | 'Windows-1252'
  readonly separator: ';' | ',' | '\t' | '|' | undefined
  /** From 1, with its heading when the file has one. */
  readonly column: number
  readonly heading: string | undefined
  /** The spreadsheet had shortened the numbers (« 9,00E+13 »): their digits are lost. */
  readonly shortened: boolean
}
export type Unreadable = 'spreadsheet' | 'empty' | 'no-siret'

/** UTF-8 when it is, else Windows-1252, which any bytes are. */
export const decode = (bytes: Uint8Array): { text: string; encoding: SiretFile['encoding'] } => {
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

const bare = (cell: string) => cell.replace(/[\s.\u00a0\u202f'’="]/g, '')
const sirets = /^\d{14}$/
/** A number that lost its first zeros in a spreadsheet. */
const cut = /^\d{11,13}$/
const scientific = /^\d+([.,]\d+)?E\+1[0-3]$/i

const separators = [';', '\t', ',', '|'] as const

export const readSiretFile = (bytes: Uint8Array): SiretFile | Unreadable => {
  if ((bytes[0] === 0x50 && bytes[1] === 0x4b) || (bytes[0] === 0xd0 && bytes[1] === 0xcf)) return 'spreadsheet'
  const { text, encoding } = decode(bytes)
  if (!text.trim()) return 'empty'
  // The separator under which the most SIRETs stand alone in one column; the smallest such column.
  let best:
    | { count: number; separator: SiretFile['separator']; column: number; rows: string[][]; shortened: number }
    | undefined
  for (const separator of [undefined, ...separators]) {
    if (separator && !text.includes(separator)) continue
    const rows = rowsOf(text, separator)
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
