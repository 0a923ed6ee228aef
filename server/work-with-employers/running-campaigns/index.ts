import type { Action } from '../../platform/action.ts'
import { addMember } from './add-member.ts'
import { changePeriod } from './change-period.ts'
import { correctCampaign } from './correct-campaign.ts'
import { listCampaignEvents } from './list-campaign-events.ts'
import { putTargetBack } from './put-target-back.ts'
import { removeMember } from './remove-member.ts'

/** What changes in a campaign once it is open (CAM-15). */
export const runningCampaigns: readonly Action[] = [
  changePeriod,
  correctCampaign,
  addMember,
  removeMember,
  putTargetBack,
  listCampaignEvents,
]
export { addMember, changePeriod, correctCampaign, listCampaignEvents, putTargetBack, removeMember }
