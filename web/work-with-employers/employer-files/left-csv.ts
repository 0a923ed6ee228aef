import { becauseWords, type Row } from './words.ts'

/** A cell that a spreadsheet would take for a formula is text. */
const cell = (text: string) => {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
  return /[";\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
/** As French spreadsheets open it: semicolons, and the mark of UTF-8. */
export const leftCsv = (rows: readonly Row[]): string =>
  `\ufeff${[
    ['Ligne du fichier', 'Nom', 'SIRET écrit', 'Adresse', 'Raison'],
    ...rows.map(({ line, name, siret, address, because }) => [
      String(line),
      name ?? '',
      siret ?? '',
      address ?? '',
      because ? becauseWords[because] : '',
    ]),
  ]
    .map(row => row.map(cell).join(';'))
    .join('\r\n')}\r\n`
