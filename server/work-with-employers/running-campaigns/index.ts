import type { Action } from '../../platform/action.ts'
import { changePeriod } from './change-period.ts'
import { correctCampaign } from './correct-campaign.ts'
import { listCampaignEvents } from './list-campaign-events.ts'

/** What changes in a campaign once it is open (CAM-15). */
export const runningCampaigns: readonly Action[] = [changePeriod, correctCampaign, listCampaignEvents]
export { changePeriod, correctCampaign, listCampaignEvents }
