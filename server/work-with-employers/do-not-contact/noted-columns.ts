import { dayCell } from '../../platform/export/cells.ts'
import type { ListExportParts } from '../../platform/export/list-export.ts'
import { commitmentsOfAll } from '../commitments/committed.queries.ts'
import { notToContact } from './do-not-contact.queries.ts'

/** What the network noted of employers, in the lists that leave as files (EST-9, EST-10). */
export const notedColumns: ListExportParts['noted'] = {
  notToContact: async (db, sirets, today) =>
    new Map((await notToContact(db, sirets, today)).map(({ siret, until }) => [siret, dayCell(until)])),
  commitments: async (db, sirets, today) => {
    const bySiret = Map.groupBy(await commitmentsOfAll(db, sirets, today), ({ siret }) => siret)
    return new Map([...bySiret].map(([siret, held]) => [siret, held.map(({ label }) => label).join(', ')]))
  },
}
