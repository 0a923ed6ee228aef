import type { Db } from '../../platform/database.ts'
import { found } from '../../platform/errors.ts'
import { campaignById } from '../campaigns/campaigns.queries.ts'
import { progressByOrganisation, progressFigures } from './progress.queries.ts'
import { stuckSince, zoneOf } from './progress-rules.ts'

/**
 * Loads the progress of a campaign, for the page and the report. `days`: days without news after which a target is
 * stuck.
 */
export const loadProgress = async (db: Db, campaignId: string, today: string, days: number) => {
  const since = stuckSince(today, days)
  const [read, organisations] = await Promise.all([
    campaignById(db, campaignId, today),
    progressByOrganisation(db, campaignId),
  ])
  const campaign = found(read)
  const zone = zoneOf(campaign.territory.kind)
  const figures = found(await progressFigures(db, campaignId, zone, today, since))
  return { campaign, today, days, since, organisations, zone, ...figures }
}
export type ProgressRead = Awaited<ReturnType<typeof loadProgress>>
