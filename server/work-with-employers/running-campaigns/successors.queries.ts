import { sql } from 'kysely'
import type { Db } from '../../platform/database.ts'

export interface Successor {
  readonly organisationId: string
  readonly organisation: { id: string; name: string; kind: string }
  /** Who pilots there. */
  readonly accountIds: string[]
}
/** The members that can pilot the campaign in the place of its pilot, by name; campaign_successors answers its pilot. */
export const successorsOf = (db: Db, campaignId: string, today: string): Promise<Successor[]> =>
  db.all(sql<Successor>`
    select o.id as organisation_id, jsonb_build_object('id', o.id, 'name', o.name, 'kind', o.kind) as organisation,
      jsonb_agg(s.account_id order by s.account_id) as account_ids
    from campaign_successors(${campaignId}::uuid, ${today}::date) s join organisations o on o.id = s.organisation_id
    group by o.id order by o.name collate "fr-x-icu", o.id`)

/** False when it may not, or no longer can. */
export const handOver = async (db: Db, campaignId: string, successorId: string, today: string): Promise<boolean> =>
  (await db.first(
    sql<{
      done: boolean
    }>`select hand_campaign_over(${campaignId}::uuid, ${successorId}::uuid, ${today}::date) as done`,
  ))!.done

export interface Abandoned {
  readonly outcome: 'done' | 'unknown' | 'piloted' | 'not-member' | 'cannot-pilot'
  readonly name: string | null
  readonly formerId: string | null
  readonly formerName: string | null
  /** Who can pilot it in the structure that receives it. */
  readonly pilots: string[] | null
}
/** By the operator, as the owner of the database: of a campaign that nobody can pilot any more. */
export const handAbandonedOver = async (
  db: Db,
  campaignId: string,
  successorId: string,
  at: Date,
): Promise<Abandoned> =>
  (await db.first(sql<Abandoned>`select outcome, name, former_id, former_name, pilots
    from hand_abandoned_campaign_over(${campaignId}::uuid, ${successorId}::uuid, ${at}::timestamptz)`))!
