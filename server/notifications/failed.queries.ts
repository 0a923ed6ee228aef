import { sql } from 'kysely'
import type { Db } from '../platform/database.ts'

export interface FailedRow {
  readonly id: string
  readonly kind: string
  readonly person: { readonly id: string; readonly name: string; readonly organisationId: string } | null
  readonly address: string | null
  readonly createdAt: Date
  readonly failedAt: Date | null
  readonly attempts: number
  readonly error: string | null
}
/** Empty for a viewer who oversees nothing: the function answers them no row. */
export const failedMails = (db: Db) =>
  db.all(sql<FailedRow>`
  select m.id, m.kind, case when a.id is not null
    then jsonb_build_object('id', a.id, 'name', a.given_name || ' ' || a.family_name, 'organisationId',
    a.organisation_id) end as person, m.masked as address, m.created_at, m.failed_at, m.attempts, m.last_error as error
  from mails_given_up() m left join accounts a on a.id = m.account_id
    order by coalesce(m.failed_at, m.created_at) desc, m.id`)
export const retry = async (db: Db, id: string): Promise<boolean> =>
  (await db.first(sql<{ queued: boolean }>`select retry_mail(${id}::uuid) as queued`))!.queued
