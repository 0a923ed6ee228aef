/**
 * What changes in a campaign once it is open (CAM-15): period, members, targets put back, pilot, its closing by itself.
 * Owns: no table; acts campaign.*, target.put-back.
 * Uses: campaigns.
 * Reads: organisations.
 * Start: `change-period.ts`, then `close-ended.job.ts`; docs/campaigns.md.
 */

import type { Action } from '../../platform/action.ts'
import { addMember } from './add-member.ts'
import { changePeriod } from './change-period.ts'
import { correctCampaign } from './correct-campaign.ts'
import { handOverCampaign } from './hand-over-campaign.ts'
import { listCampaignEvents } from './list-campaign-events.ts'
import { listSuccessors } from './list-successors.ts'
import { putTargetBack } from './put-target-back.ts'
import { removeMember } from './remove-member.ts'

export const runningCampaigns: readonly Action[] = [
  changePeriod,
  correctCampaign,
  addMember,
  removeMember,
  putTargetBack,
  listSuccessors,
  handOverCampaign,
  listCampaignEvents,
]
