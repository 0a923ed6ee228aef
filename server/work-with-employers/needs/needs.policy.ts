import type { Verdict } from '../../platform/action.ts'
import { covers, type TerritoryLine, type Viewer } from '../../platform/viewer.ts'
import { mayRecord } from '../exchanges/exchanges.policy.ts'
import type { NeedAct } from './need-lifecycle.ts'

export interface FollowedNeed extends TerritoryLine {
  readonly organisationId: string
  readonly ownerId: string
}
export interface ActedNeed extends FollowedNeed {
  readonly takenByOrganisationId: string | null
  /** The structures that it is proposed to, and that have not answered. */
  readonly waitingFor: readonly string[]
}

/** Whoever may record an exchange there. The SQL twin is the policy needs.note. */
export const mayNoteNeed = (viewer: Viewer, place: TerritoryLine): Verdict => mayRecord(viewer, place)

/**
 * Correcting, proposing and reopening: its owner, and who leads there in their structure. The SQL twins are the
 * policies needs.correct and need_versions.write.
 */
export const mayFollowNeed = (viewer: Viewer, need: FollowedNeed): Verdict => {
  const leads = covers(viewer, 'campagnes', 'responsable', need)
  if (need.organisationId !== viewer.organisationId) return 'need/follower-only'
  if (need.ownerId !== viewer.accountId && !leads) return 'need/follower-only'
  return mayRecord(viewer, need)
}

const mayTake = (viewer: Viewer, need: ActedNeed): Verdict =>
  need.organisationId === viewer.organisationId || need.waitingFor.includes(viewer.organisationId)
    ? mayRecord(viewer, need)
    : 'need/proposed-only'
/** Whoever records there in the structure that took it. */
const mayMoveOn = (viewer: Viewer, need: ActedNeed): Verdict =>
  need.takenByOrganisationId === viewer.organisationId ? mayRecord(viewer, need) : 'need/taker-only'

/** Each act of the life of a need, and its proposing. The SQL twin is ctx.actionable_needs. */
export const mayActOnNeed = (viewer: Viewer, need: ActedNeed, act: NeedAct | 'propose'): Verdict => {
  switch (act) {
    case 'take':
      return mayTake(viewer, need)
    case 'give-back':
    case 'unreachable':
    case 'hire':
    case 'answer':
      return mayMoveOn(viewer, need)
    case 'fill-otherwise':
    case 'abandon':
      return mayMoveOn(viewer, need) === true ? true : mayFollowNeed(viewer, need)
    default:
      return mayFollowNeed(viewer, need)
  }
}

export interface ProposedNeed extends TerritoryLine {
  readonly fromOrganisationId: string
  readonly toOrganisationId: string
  /** Of its need. */
  readonly ownerId: string
}
/**
 * Declined by who records there in the structure that receives; withdrawn by who follows the need. The SQL twin is
 * ctx.settleable_need_proposals.
 */
export const maySettleNeedProposal = (
  viewer: Viewer,
  proposal: ProposedNeed,
  outcome: 'declined' | 'withdrawn',
): Verdict => {
  if (outcome === 'declined')
    return proposal.toOrganisationId === viewer.organisationId && mayRecord(viewer, proposal) === true
      ? true
      : 'need/receiver-only'
  const follows = mayFollowNeed(viewer, { ...proposal, organisationId: proposal.fromOrganisationId })
  return follows === true ? true : 'need/sender-only'
}
