/** What a cell of an exported table holds: text, a number, a day of the calendar. */
export type Cell = string | number | null | { readonly day: string }
export type Row = readonly Cell[]

/** A table to be written as it is read: pages of rows, then lines that close it. */
export interface Table {
  readonly title: string
  readonly head: readonly string[]
  readonly pages: AsyncIterable<readonly Row[]>
  /** The last lines, told how many rows were written. */
  readonly closing: (rows: number) => readonly string[]
}

export const dayCell = (day: string | null | undefined): Cell => (day ? { day } : null)
export const yesCell = (is: boolean | null | undefined): Cell =>
  is === null || is === undefined ? null : is ? 'oui' : 'non'
