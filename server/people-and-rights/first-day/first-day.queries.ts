import { sql } from 'kysely'
import type { Db } from '../../platform/database.ts'

export interface FirstDayRow {
  readonly openedAt: Date
  readonly dismissed: boolean
}
/** Of the viewer. */
export const ownFirstDay = async (db: Db): Promise<FirstDayRow> =>
  (await db.first(sql<FirstDayRow>`select a.created_at as opened_at,
    exists (select from first_days f where f.account_id = a.id) as dismissed
    from accounts a where a.id = (select ctx.account())`))!

/** Answers how many were written: none when it was dismissed before. */
export const saveDismissed = (db: Db, accountId: string, at: Date): Promise<number> =>
  db.run(sql`insert into first_days (account_id, dismissed_at) values (${accountId}::uuid, ${at})
    on conflict do nothing`)
