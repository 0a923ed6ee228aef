import type { Static } from 'typebox'
import { type FileRow, longestCells } from '../../../contract/work-with-employers/employer-files/employer-files.ts'
import { civilityOf, dayOf } from './cell-words.ts'
import type { Field } from './columns.ts'
import type { Sheet } from './sheet.ts'

type Row = Static<typeof FileRow>
/** What the words of a column mean, and what a blank cell does. */
export interface Meaning {
  readonly words: ReadonlyMap<string, string>
  readonly blank: string | undefined
}
export interface Mapping {
  readonly fields: readonly (Field | null)[]
  readonly channel: Meaning
  readonly result: Meaning
}
export const noMeaning: Meaning = { words: new Map(), blank: undefined }

const meant = (cell: string | undefined, { words, blank }: Meaning): string | undefined =>
  cell ? (words.get(cell) ?? cell) : blank

/** Cells of the columns that were chosen, in the words of the service; a text too long is cut, and counted. */
export const rowsToSend = (sheet: Sheet, { fields, channel, result }: Mapping): { rows: Row[]; cut: number } => {
  let cut = 0
  const fitting = (field: Exclude<Field, 'civility'>, text: string): string => {
    if (text.length > longestCells[field]) cut++
    return text.slice(0, longestCells[field]).trim()
  }
  const rows = sheet.rows.map(({ line, cells }): Row => {
    const said = new Map(fields.flatMap((field, at) => (field && cells[at] ? [[field, cells[at]] as const] : [])))
    // Only a row that tells of a contact has a channel and a result: words without a day are a note.
    const tells = said.has('day')
    const [how, what] = [meant(said.get('channel'), channel), meant(said.get('result'), result)]
    const row: Record<string, unknown> = { line }
    for (const [field, cell] of said) {
      if (field === 'channel' || field === 'result') continue
      const text =
        field === 'civility'
          ? civilityOf(cell)
          : fitting(field, field === 'day' ? dayOf(cell) : field === 'siret' ? siretText(cell) : cell)
      if (text) row[field] = text
    }
    if (tells && how) row['channel'] = fitting('channel', how)
    if (tells && what) row['result'] = fitting('result', what)
    return row as Row
  })
  return { rows, cut }
}
/** A number that lost its first zeros in a spreadsheet has them again. */
const siretText = (cell: string): string => {
  const digits = cell.replace(/[\s.\u00a0\u202f]/g, '')
  return /^\d{11,13}$/.test(digits) ? digits.padStart(14, '0') : cell
}

/** The different words of a column, the most frequent first. */
export const wordsIn = (sheet: Sheet, fields: readonly (Field | null)[], field: Field): readonly string[] => {
  const at = fields.indexOf(field)
  if (at < 0) return []
  const count = new Map<string, number>()
  for (const { cells } of sheet.rows) {
    const cell = cells[at]
    if (cell) count.set(cell, (count.get(cell) ?? 0) + 1)
  }
  return [...count.entries()].toSorted((a, b) => b[1] - a[1]).map(([word]) => word)
}
