import type { Entry } from '../platform/action.ts'
import type { Db } from '../platform/database.ts'
import { Refused } from '../platform/errors.ts'
import type { Campaign } from './campaign-lifecycle.ts'
import { applyDecisions, holdTargets, takeOver } from './conflicts.queries.ts'

/**
 * Applies what was decided on each conflict, then holds the targets (CAM-3). A conflict left undecided refuses it all, and so does a holder that came
 * between the count and the hold: another campaign opened in the same second. Nothing then remains, the transaction is undone.
 */
export const reserveTargets = async (db: Db, campaign: Campaign, today: string) => {
  const { undecided, setAside, shared } = await applyDecisions(db, campaign.id, today)
  if (undecided > 0) throw new Refused('campaign/undecided-conflicts', { facts: { count: undecided } })
  const takenOver = await takeOver(db, campaign.id, `Repris par ${campaign.pilot.name}\u00a0: `)
  const { held, missing } = await holdTargets(db, campaign.id)
  if (missing > 0) throw new Refused('campaign/undecided-conflicts', { facts: { count: missing } })
  return {
    reserved: { held, shared, setAside, takenOver: takenOver.reduce((sum, { sirets }) => sum + sirets.length, 0) },
    // The campaigns that lost targets have it in their own trail.
    losses: takenOver.map(({ fromCampaignId, sirets }): Entry => ({ action: 'campaign.targets-taken-over', subject: ['campaign', fromCampaignId], detail: { by: campaign.id, sirets } })),
  }
}
