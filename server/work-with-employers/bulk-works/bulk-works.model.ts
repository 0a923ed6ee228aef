import type { Verdict } from '../../platform/action.ts'
import type { Viewer } from '../../platform/viewer.ts'
import type { Campaign } from '../campaigns/campaign-lifecycle.ts'
import { mayPilot, mayRead, mayRelease } from '../campaigns/campaigns.policy.ts'
import type { Target } from '../campaigns/target-rules.ts'
import { type ExchangeRow, mayRecord } from '../exchanges/exchanges.policy.ts'

/**
 * What a work of one's own handed to a colleague is no longer one's own to plan: one takes it back where one records,
 * as long as nobody changed it. The SQL twin is ctx.actions_to_take_back.
 */
export const mayTakeBack = (viewer: Viewer, row: ExchangeRow): Verdict =>
  row.organisationId === viewer.organisationId ? mayRecord(viewer, row) : 'next-action/owner-only'

/**
 * Why a target is not given back with others, if it is not: one by one, as mayRelease; a pilot, those of anybody; those
 * of others, with a reason. The SQL twin is targets_not_given_back.
 */
export const whyNotGivenBack = (
  viewer: Viewer,
  campaign: Campaign,
  target: Target,
  reason: string | null,
): 'already' | 'refused' | 'reason-needed' | undefined => {
  if (target.takenBy === null) return 'already'
  const released = mayRead(viewer, campaign) === true && mayRelease(viewer, campaign, target) === true
  if (!released && mayPilot(viewer, campaign) !== true) return 'refused'
  return target.takenBy.id === viewer.accountId || reason !== null ? undefined : 'reason-needed'
}
