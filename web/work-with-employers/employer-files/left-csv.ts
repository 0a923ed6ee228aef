import { csvOf } from '../../../contract/csv.ts'
import { becauseWords, type Row } from './words.ts'

/** The rows left out, for the spreadsheet that they came from. */
export const leftCsv = (rows: readonly Row[]): string =>
  csvOf([
    ['Ligne du fichier', 'Nom', 'SIRET écrit', 'Adresse', 'Raison'],
    ...rows.map(({ line, name, siret, address, because }) => [
      line,
      name,
      siret,
      address,
      because && becauseWords[because],
    ]),
  ])
