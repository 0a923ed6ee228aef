import { sql } from 'kysely'
import { type Db, k } from '../../platform/database.ts'
import type { CampaignResult } from './result-rules.ts'

const own = sql`select id, campaign_id, label, base, created_at, retired_at from campaign_results`

/** Those still proposed first, each in the order they were added. */
export const campaignResults = (db: Db, campaignId: string): Promise<CampaignResult[]> =>
  db.all(
    sql<CampaignResult>`${own} where campaign_id = ${campaignId}::uuid order by retired_at is not null, created_at, id`,
  )
export const campaignResultById = (db: Db, id: string): Promise<CampaignResult | undefined> =>
  db.first(sql<CampaignResult>`${own} where id = ${id}::uuid`)

export const insertCampaignResult = (
  db: Db,
  { id, campaignId, label, base, createdAt }: CampaignResult,
  createdBy: string,
): Promise<number> =>
  db.run(k.insertInto('campaignResults').values({ id, campaignId, label, base, createdAt, createdBy }))
export const saveRetired = async (db: Db, id: string, at: Date): Promise<void> => {
  if (
    (await db.run(
      k.updateTable('campaignResults').set({ retiredAt: at }).where('id', '=', id).where('retiredAt', 'is', null),
    )) !== 1
  )
    throw new Error('the result was not retired')
}
