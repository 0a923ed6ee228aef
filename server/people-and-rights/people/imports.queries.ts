import { sql } from 'kysely'
import { type Db, k } from '../../platform/database.ts'
import type { ImportedPerson } from './import-rules.ts'

export interface CheckedImport {
  readonly id: string
  readonly organisationId: string
  readonly checkedBy: string
  readonly checkedAt: Date
  readonly people: readonly ImportedPerson[]
}
/**
 * Keeps what was read until it is confirmed; one that nobody confirms within a day goes in the night
 * (ctx.purge_imports).
 */
export const insertImport = (db: Db, { people, ...checked }: CheckedImport) =>
  db.run(k.insertInto('accountImports').values({ ...checked, people: JSON.stringify(people) }))
export interface LockedImport extends CheckedImport {
  readonly confirmedAt: Date | null
  readonly created: number | null
}
export const lockImport = (db: Db, id: string): Promise<LockedImport | undefined> =>
  db.first(
    sql<LockedImport>`select id, organisation_id, checked_by, checked_at, people, confirmed_at, created
      from account_imports where id = ${id}::uuid for update`,
  )
/** The names go: what was created stands in the accounts and in the trail. */
export const saveConfirmed = (db: Db, id: string, created: number, at: Date) =>
  db.run(k.updateTable('accountImports').set({ confirmedAt: at, created, people: '[]' }).where('id', '=', id))
