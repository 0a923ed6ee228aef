/** Also behind blanks, which some spreadsheets drop. */
const formula = /^\s*[=+\-@＝＋－＠]|^[\t\r]/
const cell = (value: string | number | null): string => {
  const text = value === null ? '' : String(value)
  return `"${(formula.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`
}
/** A table for a French spreadsheet: UTF-8 with its mark, semicolons, every cell quoted; what a spreadsheet would run as a formula is kept as text (T16). */
export const csvOf = (rows: readonly (readonly (string | number | null)[])[]): string => `\uFEFF${rows.map(row => row.map(cell).join(';')).join('\r\n')}\r\n`
