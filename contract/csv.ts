/**
 * A cell that a spreadsheet may run or fetch: a formula, or the call of a program by its pipe.
 * It may hide behind blanks, invisible marks or percent-encoded line ends, which some spreadsheets drop or read.
 */
const formula = /^(?:[\s\p{C}]|%[0-9a-f]{2})*[=+\-@|%＝＋－＠｜％]|^[\t\r]/iu
/** One cell, always quoted; what a spreadsheet would run is kept as text by an apostrophe (T16). */
export const csvCell = (value: string | number | null): string => {
  const text = value === null ? '' : String(value)
  return quoted(formula.test(text) ? `'${text}` : text)
}
const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`
/** A table for the service to read, each cell as it is: no spreadsheet ever opens it. */
export const csvToRead = (rows: readonly (readonly string[])[]): string =>
  rows.map(row => `${row.map(quoted).join(';')}\r\n`).join('')
/** What tells a French spreadsheet that the file is UTF-8. */
export const csvMark = '\uFEFF'
export const csvLine = (row: readonly (string | number | null)[]): string => `${row.map(csvCell).join(';')}\r\n`
/** A table for a French spreadsheet: UTF-8 with its mark, semicolons. */
export const csvOf = (rows: readonly (readonly (string | number | null)[])[]): string =>
  csvMark + rows.map(csvLine).join('')
