import type { Static } from 'typebox'
import type { Sharing as SharingSchema } from '../../../contract/work-with-employers/sharing.ts'
import type { Verdict } from '../../platform/action.ts'
import type { Viewer } from '../../platform/viewer.ts'
import type { Campaign } from '../campaigns/campaign-lifecycle.ts'
import { mayPilot, mayRead } from '../campaigns/campaigns.policy.ts'
import { mayLead } from '../progress/progress.policy.ts'
import { mayStillBeUndone, type Sharing } from './sharing-rules.ts'

/** Pilots share out the whole campaign. Leads share out targets that their own organisation or nobody holds. */
export const scopeOf = (viewer: Viewer, campaign: Campaign): 'campaign' | 'organisation' | null =>
  mayPilot(viewer, campaign) === true ? 'campaign' : mayLead(viewer, campaign) ? 'organisation' : null

export const mayShareOut = (viewer: Viewer, campaign: Campaign): Verdict => {
  if (mayRead(viewer, campaign) !== true) return 'not-found'
  return scopeOf(viewer, campaign) !== null || 'sharing/leads-only'
}

/**
 * Doing and undoing: the pilots, any; a lead, those made within their own organisation. The SQL twins are the policy
 * target_sharings.settle and ctx.shares_within.
 */
export const maySettle = (
  viewer: Viewer,
  campaign: Campaign,
  sharing: { readonly withinOrganisation: { readonly id: string } | null },
): Verdict =>
  mayPilot(viewer, campaign) === true ||
  (sharing.withinOrganisation?.id === viewer.organisationId && mayLead(viewer, campaign)) ||
  'sharing/leads-only'

/** A sharing out as the contract shows it to this viewer. */
export const sharingReply = (
  viewer: Viewer,
  campaign: Campaign,
  sharing: Sharing,
  now: Date,
): Static<typeof SharingSchema> => ({
  ...sharing,
  allowed:
    campaign.status === 'open' &&
    sharing.undoneAt === null &&
    sharing.moved > 0 &&
    mayStillBeUndone(sharing.doneAt, now) &&
    maySettle(viewer, campaign, sharing) === true
      ? ['undo']
      : [],
})
