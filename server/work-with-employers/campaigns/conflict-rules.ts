import type { conflictDecisions, conflictKinds } from '../../../contract/work-with-employers/campaigns.ts'
import { Refused } from '../../platform/errors.ts'

export type ConflictKind = (typeof conflictKinds)[number]
export type ConflictDecision = (typeof conflictDecisions)[number]

/**
 * What a pilot may decide on a conflict (CAM-3): only a hold of that establishment can be shared, since a past contact
 * reserves nothing, nor does what is done at another establishment of the company (EST-12); taking says why.
 */
export const checkDecision = (
  decision: ConflictDecision,
  reason: string | null,
  kinds: readonly ConflictKind[],
): void => {
  if (decision === 'take' && reason === null) throw new Refused('campaign/reason-required')
  const other = kinds.find(kind => kind !== 'held')
  if (decision === 'share' && other)
    throw new Refused('campaign/decision-impossible', { facts: { decision, kind: other } })
}

/**
 * Where several hold one target, what yields the most counts for it: left before shared, shared before taken. A hold
 * that is taken always passes to the taker; it never goes for a target that the taker leaves or shares, where a third
 * could then slip in unseen.
 */
export const yieldingFirst: readonly ConflictDecision[] = ['leave', 'share', 'take']
