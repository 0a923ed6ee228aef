import { covers, type TerritoryLine, type Viewer } from '../../platform/viewer.ts'
import { mayAdopt, type TaskForceRights } from '../../territory-and-register/territories/task-forces.policy.ts'
import type { Campaign } from '../campaigns/campaign-lifecycle.ts'
import { mayPilot, mayRead } from '../campaigns/campaigns.policy.ts'
import type { AwayReason } from './away.model.ts'

export interface Held {
  /** `piloting`: of a campaign, by its pilot. */
  readonly kind: 'target' | 'action' | 'need' | 'campaign' | 'piloting' | 'task-force'
  /** Of a need, who follows it or took it, and their structure. */
  readonly holderId: string
  readonly organisationId: string
  readonly why: AwayReason | null
  readonly place: TerritoryLine
  /** Of an action, what its exchange says; null where it was in no campaign. */
  readonly visibility: 'reseau' | 'organisation'
  readonly campaign: Campaign | null
  /** Of an action: the convention of its campaign’s pilot is over. */
  readonly pilotGone?: boolean
  /** Of a need: who follows it, and whether it was ever kept to its structure. */
  readonly need?: { readonly followerId: string; readonly everKept: boolean }
  /** Of a need, or an action: who pilots the task force there; null: no task force is. */
  readonly taskForcePilotId?: string | null
  /** The one that it pilots. */
  readonly taskForce?: TaskForceRights
}

const mayReadCard = (viewer: Viewer, { place }: Held) => covers(viewer, 'fiche-etablissement', 'consultation', place)
const pilots = (viewer: Viewer, { campaign }: Held) => campaign !== null && mayPilot(viewer, campaign) === true

const ofOwnPeople = (viewer: Viewer, held: Held): boolean => {
  if (held.holderId === viewer.accountId) return false
  if (held.kind === 'campaign') return pilots(viewer, held)
  if (!covers(viewer, 'campagnes', 'responsable', held.place)) return false
  return held.kind === 'action' || held.kind === 'need'
    ? mayReadCard(viewer, held)
    : held.campaign !== null && mayRead(viewer, held.campaign) === true
}

const ofGonePilot = (viewer: Viewer, { why, campaign, place }: Held): boolean =>
  (why === 'convention-over' || why === 'no-pilot') &&
  campaign?.status === 'open' &&
  campaign.members.some(member => member.id === viewer.organisationId) &&
  covers(viewer, 'campagnes', 'pilote', place)

/** Where one answers for what a structure leaves: as the pilot of the task force there; where none is, as a lead. */
const answersThere = (viewer: Viewer, { taskForcePilotId, place }: Held): boolean =>
  taskForcePilotId === null
    ? covers(viewer, 'campagnes', 'responsable', place)
    : taskForcePilotId === viewer.organisationId && covers(viewer, 'campagnes', 'pilote', place)

/** Of a member, for the pilot who is there, or is awaited. */
const isForPilot = ({ kind, campaign, organisationId, pilotGone }: Held): boolean => {
  if (kind === 'target') return true
  if (!campaign?.members.some(member => member.id === organisationId)) return false
  return campaign.status === 'open' || !pilotGone
}

const ofEndedPartner = (viewer: Viewer, held: Held): boolean => {
  if (held.why !== 'convention-over' || held.kind === 'campaign') return false
  if (!(isForPilot(held) ? pilots(viewer, held) : answersThere(viewer, held))) return false
  return held.kind === 'target' || (held.visibility === 'reseau' && mayReadCard(viewer, held))
}

const needOfEndedPartner = (viewer: Viewer, held: Held): boolean =>
  held.why === 'convention-over' &&
  held.need?.followerId === held.organisationId &&
  held.visibility === 'reseau' &&
  !held.need.everKept &&
  answersThere(viewer, held) &&
  mayReadCard(viewer, held)

/**
 * What an absent person holds passes to who leads in their structure; what a structure whose convention is over holds,
 * to who pilots the campaign, or answers for the territory of its needs and of its other actions; its piloting, and that
 * of a task force, to who may pilot it in a member, as does that of a campaign which nobody of its pilot can pilot. The SQL
 * twin is work_to_take_over.
 */
export const mayTakeOver = (viewer: Viewer, held: Held): boolean => {
  if (held.why === null) return false
  if (held.kind === 'task-force') return held.taskForce !== undefined && mayAdopt(viewer, held.taskForce)
  if (held.kind === 'piloting') return ofGonePilot(viewer, held)
  if (held.organisationId === viewer.organisationId) return ofOwnPeople(viewer, held)
  return held.kind === 'need' ? needOfEndedPartner(viewer, held) : ofEndedPartner(viewer, held)
}
