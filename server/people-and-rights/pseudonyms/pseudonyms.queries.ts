import { sql } from 'kysely'
import type { Db } from '../../platform/database.ts'

export interface DepartedRow {
  readonly accountId: string
  readonly organisationId: string
  readonly organisationName: string
  readonly name: string
  readonly function: string
  readonly leftAt: Date
}
/** Of those whom the viewer answers for alone. */
export const departedBehind = (db: Db, pseudonym: string) =>
  db.all(
    sql<DepartedRow>`select account_id, organisation_id, organisation_name, name, function, left_at
      from ctx.departed_behind(${pseudonym})`,
  )
