import type { Static } from 'typebox'
import type { Recalls } from '../../../contract/work-with-employers/recalls.ts'
import type { Viewer } from '../../platform/viewer.ts'
import { type Campaign, possible } from '../campaigns/campaign-lifecycle.ts'
import { mayPilot } from '../campaigns/campaigns.policy.ts'
import type { CampaignRecalls } from './recalls.queries.ts'
import type { RecallSettings } from './settings.ts'

/** The delays of a campaign, or those of the service. */
export const recallsReply = (
  viewer: Viewer,
  campaign: Campaign,
  own: CampaignRecalls | undefined,
  { ownerDays, leadDays, pilotDays }: RecallSettings,
): Static<typeof Recalls> => ({
  ...(own ?? { ownerDays, leadDays, pilotDays, version: 0 }),
  ofCampaign: own !== undefined,
  allowed: possible(campaign.status, 'correct') && mayPilot(viewer, campaign) === true ? ['set'] : [],
})
