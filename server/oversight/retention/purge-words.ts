import type { Static } from 'typebox'
import type { Purge } from '../../../contract/oversight/retention.ts'
import { keptTables } from '../personal-data/columns.ts'
import { type Ending, endings } from '../personal-data/endings.ts'
import { categoryWords } from '../personal-data/kept.ts'
import type { PurgeRow } from './purges.queries.ts'

/** A table that has left the list since keeps its name; the report is older than the list. */
export const purgeReply = ({ day, ending, organisation, ...row }: PurgeRow): Static<typeof Purge> => {
  const kept = keptTables[row.table]
  const end = (endings as Readonly<Record<string, Ending>>)[ending]
  return {
    ...row,
    on: day,
    organisation,
    what: kept?.says ?? row.table,
    category: kept ? categoryWords[kept.category] : 'technique',
    since: end?.after ?? '',
  }
}
