import type { Static } from 'typebox'
import type * as contract from '../../../contract/work-with-employers/exchanges.ts'
import type { Viewer } from '../../platform/viewer.ts'
import type { Campaign } from '../campaigns/campaign-lifecycle.ts'
import { mayPilot } from '../campaigns/campaigns.policy.ts'
import type { CampaignResult } from './result-rules.ts'

/** Whether this viewer may add or retire words in this campaign, as it stands. */
export const mayExtend = (viewer: Viewer, campaign: Campaign): boolean =>
  mayPilot(viewer, campaign) === true && (campaign.status === 'draft' || campaign.status === 'open')

export const resultReply = (
  { id, label, base, createdAt, retiredAt }: CampaignResult,
  extend: boolean,
): Static<typeof contract.CampaignResult> => ({
  id,
  label,
  base,
  addedAt: createdAt.toISOString(),
  retiredAt: retiredAt?.toISOString() ?? null,
  allowed: extend && !retiredAt ? ['retire'] : [],
})
