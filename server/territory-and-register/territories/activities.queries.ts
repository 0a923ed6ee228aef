import { sql } from 'kysely'
import type { Db } from '../../platform/database.ts'
import type { Labelled } from './activity-search-rules.ts'

/** Sections and divisions are left out: these have words of our own. */
const finer = sql`select nomenclature, code, label from naf where length(code) > 2`

/** A nomenclature is some two thousand lines. */
export const finerActivities = (db: Db, nomenclature: string) =>
  db.all(sql<Labelled>`${finer} and nomenclature = ${nomenclature} order by code`)

export const finerActivity = (db: Db, { nomenclature, code }: Pick<Labelled, 'nomenclature' | 'code'>) =>
  db.all(sql<Labelled>`${finer} and nomenclature = ${nomenclature} and code = ${code}`)
