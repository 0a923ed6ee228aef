import { sql } from 'kysely'
import type { Db } from '../../platform/database.ts'

/** How next actions stand, noted before the viewer hands them over: the database asks that they may. */
export const noteHandings = (db: Db, ids: readonly string[], at: Date): Promise<number> =>
  db.run(sql`insert into handed_actions (next_action_id, version, at, by_id, organisation_id, owner_id, due_on, due_at)
    select n.id, n.version + 1, ${at}, ctx.account(), ctx.organisation(), n.owner_id, n.due_on, n.due_at
      from next_actions n where n.id = any (${ids}::uuid[])`)

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
/** What the viewer passed from a colleague to another, or to themself, at an instant. */
export interface Passing {
  readonly fromId: string
  readonly toId: string
  readonly passedAt: Date
}
/** Gives back those of a passing that nobody wrote since, in order. */
export const giveActionsBack = (db: Db, { fromId, toId, passedAt }: Passing): Promise<Passed[]> =>
  db.all(sql<Passed>`
    with locked as (
      select n.id from next_actions n join handed_actions h on h.next_action_id = n.id and h.version = n.version
      where h.at = ${passedAt} and h.owner_id = ${fromId}::uuid and n.owner_id = ${toId}::uuid and n.done_at is null
        and n.cancelled_at is null
      order by n.id for update of n)
    update next_actions n set owner_id = ${fromId}::uuid, version = n.version + 1 from locked l where n.id = l.id
      returning n.id, n.siret, ${toId}::uuid as owner_id`)

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
