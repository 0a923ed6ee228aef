import type { Db } from '../../platform/database.ts'
import { found } from '../../platform/errors.ts'
import { campaignById } from '../campaigns/campaigns.queries.ts'
import {
  countByStatus,
  countGroups,
  countResults,
  countStuck,
  firstContacts,
  progressByAdvisor,
  progressByOrganisation,
} from './progress.queries.ts'
import { stuckSince, zoneOf } from './progress-rules.ts'

/**
 * Loads the progress of a campaign, for the page and the report. `days`: days without news after which a target is
 * stuck.
 */
export const loadProgress = async (db: Db, campaignId: string, today: string, days: number) => {
  const since = stuckSince(today, days)
  const [campaign, statuses, firsts, organisations, results, advisors, untouched, late] = await Promise.all([
    campaignById(db, campaignId, today),
    countByStatus(db, campaignId),
    firstContacts(db, campaignId),
    progressByOrganisation(db, campaignId),
    countResults(db, campaignId),
    progressByAdvisor(db, campaignId, today, since),
    countStuck(db, 'untouched', campaignId, since),
    countStuck(db, 'late', campaignId, today),
  ])
  const zone = zoneOf(found(campaign).territory.kind)
  return {
    campaign: found(campaign),
    today,
    days,
    since,
    statuses,
    firsts,
    organisations,
    results,
    advisors,
    untouched,
    late,
    zone,
    groups: await countGroups(db, campaignId, zone),
  }
}
export type ProgressRead = Awaited<ReturnType<typeof loadProgress>>
