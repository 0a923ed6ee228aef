import { sql } from 'kysely'
import type { Db } from '../../platform/database.ts'

/** Passes locked next actions to a colleague of their structure. */
export const passActions = (db: Db, ids: readonly string[], toAccountId: string): Promise<number> =>
  db.run(sql`update next_actions set owner_id = ${toAccountId}::uuid, version = version + 1
    where id = any (${ids}::uuid[])`)

export interface Passed {
  readonly id: string
  readonly siret: number
  /** Whose it was. */
  readonly ownerId: string
}
/**
 * Passes those of a structure whose convention is over, which become the viewer's structure's. `campaignIds`: of these
 * alone; null: of all.
 */
export const adoptActions = (
  db: Db,
  fromOrganisation: string,
  toAccountId: string,
  campaignIds: readonly string[] | null,
  today: string,
): Promise<Passed[]> =>
  db.all(
    sql<Passed>`select id, siret, owner_id from adopt_next_actions(${fromOrganisation}::uuid, ${toAccountId}::uuid,
      ${campaignIds}::uuid[], ${today}::date)`,
  )

/** Whether what follows an exchange of the viewer’s structure became another structure’s to do. */
export const actionPassedOn = async (db: Db, exchangeId: string): Promise<boolean> =>
  (await db.first(sql<{ passed: boolean }>`select action_passed_on(${exchangeId}::uuid) as passed`))!.passed
