import { sql } from 'kysely'
import type { Db } from '../../platform/database.ts'
import type { RecallSettings } from './settings.ts'

export interface CampaignRecalls extends RecallSettings {
  readonly version: number
}
/** Undefined where the campaign follows the settings of the service. */
export const recallsOf = (db: Db, campaignId: string): Promise<CampaignRecalls | undefined> =>
  db.first(sql<CampaignRecalls>`select owner_days, lead_days, pilot_days, version from campaign_recalls
    where campaign_id = ${campaignId}::uuid`)

/** False when another wrote since `version`; 0: the campaign had none. */
export const saveRecalls = async (
  db: Db,
  campaignId: string,
  { ownerDays, leadDays, pilotDays }: RecallSettings,
  version: number,
): Promise<boolean> =>
  (await db.run(sql`
    insert into campaign_recalls as known (campaign_id, owner_days, lead_days, pilot_days)
    select ${campaignId}::uuid, ${ownerDays}::int, ${leadDays}::int, ${pilotDays}::int
    on conflict (campaign_id) do update set owner_days = excluded.owner_days, lead_days = excluded.lead_days,
      pilot_days = excluded.pilot_days, version = known.version + 1 where known.version = ${version}::int`)) === 1

export interface Recall {
  readonly step: 'owner' | 'lead' | 'pilot'
  readonly accountId: string
  readonly campaignId: string
  readonly campaignName: string
  readonly targets: number
  readonly idleSince: string
}
/** Notes tonight's recalls, and says whom to tell of what: by person, then step. */
export const noteRecalls = (db: Db, now: Date, { ownerDays, leadDays, pilotDays }: RecallSettings): Promise<Recall[]> =>
  db.all(sql<Recall>`select step, account_id, campaign_id, campaign_name, targets, idle_since
    from ctx.note_recalls(${now}::timestamptz, ${ownerDays}::int, ${leadDays}::int, ${pilotDays}::int)`)

export interface NeedRecall {
  readonly step: Recall['step']
  readonly accountId: string
  readonly needs: number
  readonly idleSince: string
}
/** The same of needs. */
export const noteNeedRecalls = (
  db: Db,
  now: Date,
  { ownerDays, leadDays, pilotDays }: RecallSettings,
): Promise<NeedRecall[]> =>
  db.all(sql<NeedRecall>`select step, account_id, needs, idle_since
    from ctx.note_need_recalls(${now}::timestamptz, ${ownerDays}::int, ${leadDays}::int, ${pilotDays}::int)`)

export const purgeRecalls = async (db: Db, now: Date): Promise<number> =>
  (await db.first(sql<{ purged: number }>`select ctx.purge_recalls(${now}::timestamptz) as purged`))!.purged
