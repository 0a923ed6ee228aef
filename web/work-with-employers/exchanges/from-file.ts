import type { Static } from 'typebox'
import type { FromFile } from '../../../contract/work-with-employers/exchanges/from-file.ts'
import { dayOf, formatDay } from '../../platform/format.ts'

/** « D’après le fichier « contacts.csv », importé le 12 mars 2026 » ; its author is said beside. */
export const fromFile = ({ fileName }: Static<typeof FromFile>, importedAt: string) =>
  `D’après ${fileName === null ? 'un fichier' : `le fichier « ${fileName} »`}, importé le ${formatDay(dayOf(importedAt))}`
