import { sql } from 'kysely'
import type { campaignEventKinds } from '../../../contract/work-with-employers/campaigns.ts'
import type { Context } from '../../platform/action.ts'
import { type Db, k } from '../../platform/database.ts'
import { organisationRef } from './references.queries.ts'

export interface CampaignEvent {
  readonly kind: (typeof campaignEventKinds)[number]
  readonly endedOn?: string
  readonly endsOn?: string
  /** Whom it is about: a member, a pilot. */
  readonly organisationId?: string
  readonly targets?: number
}

/** Tells the members what their pilot did; the trail says the whole. */
export const noteEvent = (
  { db, viewer, now, newId }: Pick<Context, 'db' | 'viewer' | 'now' | 'newId'>,
  campaignId: string,
  event: CampaignEvent,
): Promise<number> =>
  db.run(
    k
      .insertInto('campaignEvents')
      .values({ id: newId(), campaignId, at: now, byOrganisation: viewer.organisationId, ...event }),
  )

/** Its people are told by the worker, in the transaction that opens it or adds the member; null: all of its members. */
export const queueOpening = (db: Db, campaignId: string, memberId: string | null) =>
  db.run(sql`select queue_opening(${campaignId}::uuid, ${memberId}::uuid)`)

interface Row {
  readonly id: string
  readonly at: Date
  readonly kind: CampaignEvent['kind']
  readonly by: { id: string; name: string; kind: string } | null
  readonly endedOn: string | null
  readonly endsOn: string | null
  readonly organisation: { id: string; name: string; kind: string } | null
  readonly targets: number | null
}
/** The latest first, 200 at most. */
export const eventsOf = async (db: Db, campaignId: string) =>
  (
    await db.all(sql<Row>`select v.id, v.at, v.kind, ${organisationRef('v.by_organisation')} as by, v.ended_on,
      v.ends_on, ${organisationRef('v.organisation_id')} as organisation, v.targets
      from campaign_events v where v.campaign_id = ${campaignId}::uuid order by v.at desc, v.id desc limit 200`)
  ).map(row => ({ ...row, at: row.at.toISOString() }))
