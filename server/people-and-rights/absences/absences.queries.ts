import { sql } from 'kysely'
import { type Db, k } from '../../platform/database.ts'

export interface AbsenceRow {
  readonly id: string
  readonly accountId: string
  readonly organisationId: string
  readonly name: string
  readonly startsOn: string
  readonly endsOn: string
  readonly withdrawn: boolean
}
const absences = sql`select b.id, b.account_id, b.organisation_id, a.given_name || ' ' || a.family_name as name,
  b.starts_on, b.ends_on, b.withdrawn_at is not null as withdrawn
  from absences b join accounts a on a.id = b.account_id`

/** Those of today and to come, the first to begin first. */
export const comingAbsences = (db: Db, today: string): Promise<AbsenceRow[]> =>
  db.all(sql<AbsenceRow>`${absences} where b.withdrawn_at is null and b.ends_on >= ${today}::date and a.status <> 'deleted'
    order by b.starts_on, a.family_name collate "fr-x-icu", a.given_name collate "fr-x-icu", b.id limit 500`)

/** As it stands once it is locked; also one that was withdrawn. */
export const lockAbsence = async (db: Db, id: string): Promise<AbsenceRow | undefined> => {
  const [, row] = await Promise.all([
    db.run(sql`select from absences where id = ${id}::uuid for update`),
    db.first(sql<AbsenceRow>`${absences} where b.id = ${id}::uuid`),
  ])
  return row
}

export interface Someone {
  readonly accountId: string
  readonly organisationId: string
  readonly name: string
}
/** Someone of the viewer's structure who has not left. */
export const colleague = (db: Db, accountId: string): Promise<Someone | undefined> =>
  db.first(sql<Someone>`select id as account_id, organisation_id, given_name || ' ' || family_name as name from accounts
    where id = ${accountId}::uuid and organisation_id = (select ctx.organisation()) and status <> 'deleted'`)

/** The people of the viewer's structure who have not left, by name. */
export const colleagues = (db: Db): Promise<Someone[]> =>
  db.all(sql<Someone>`select id as account_id, organisation_id, given_name || ' ' || family_name as name from accounts
    where organisation_id = (select ctx.organisation()) and status <> 'deleted'
    order by family_name collate "fr-x-icu", given_name collate "fr-x-icu", id limit 1000`)

export interface NewAbsence {
  readonly id: string
  readonly accountId: string
  readonly organisationId: string
  readonly startsOn: string
  readonly endsOn: string
  readonly saidBy: string
  readonly saidAt: Date
}
/** False when another absence of theirs holds one of these days, also said at the same instant. */
export const insertAbsence = async (db: Db, absence: NewAbsence): Promise<boolean> =>
  (await db.run(
    k
      .insertInto('absences')
      .values(absence)
      .onConflict(on => on.doNothing()),
  )) === 1

export const saveWithdrawn = (db: Db, id: string, withdrawnBy: string, withdrawnAt: Date): Promise<number> =>
  db.run(
    k.updateTable('absences').set({ withdrawnBy, withdrawnAt }).where('id', '=', id).where('withdrawnAt', 'is', null),
  )
