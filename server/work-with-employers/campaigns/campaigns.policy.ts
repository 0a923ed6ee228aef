import type { Static } from 'typebox'
import {
  type Campaign as CampaignSchema,
  campaignActions,
  type Target as TargetSchema,
} from '../../../contract/work-with-employers/campaigns.ts'
import type { Verdict } from '../../platform/action.ts'
import { covers, type TerritoryLine, touches, type Viewer } from '../../platform/viewer.ts'
import { mayLookBy, type Reached } from '../../territory-and-register/establishments/sought.policy.ts'
import { type Act, type Campaign, possible } from './campaign-lifecycle.ts'
import type { Target } from './target-rules.ts'

const isMember = (viewer: Viewer, campaign: Campaign) =>
  campaign.members.some(member => member.id === viewer.organisationId)
const isPilot = (viewer: Viewer, campaign: Campaign) => campaign.pilot.id === viewer.organisationId

/** Members, within their perimeter; a draft only its pilot organisation. The SQL twin is ctx.visible_campaigns. */
export const mayRead = (viewer: Viewer, campaign: Campaign): Verdict =>
  (isMember(viewer, campaign) &&
    touches(viewer, 'campagnes', 'consultation', campaign.territory.id) &&
    (campaign.status !== 'draft' || isPilot(viewer, campaign))) ||
  'not-found'

/** Pilots of the pilot organisation, over the whole territory. The SQL twin is ctx.piloted_campaigns. */
export const mayPilot = (viewer: Viewer, campaign: Campaign): Verdict =>
  (isPilot(viewer, campaign) && covers(viewer, 'campagnes', 'pilote', campaign.place)) || 'campaign/pilot-only'

/** Those chosen by their hires or by services, only where one reads these. */
export const maySelect = (
  viewer: Viewer,
  { campaign, reached }: { readonly campaign: Campaign; readonly reached: Reached },
): Verdict => {
  const verdict = mayPilot(viewer, campaign)
  return verdict === true ? mayLookBy(viewer, reached) : verdict
}

/** A campaign is prepared by who may pilot over the whole of its territory. */
export const mayPrepare = (viewer: Viewer, place: TerritoryLine): Verdict =>
  covers(viewer, 'campagnes', 'pilote', place) || 'access/outside-perimeter'

/** Who may read it and prepare one on the same territory; the copy is piloted by their own organisation. */
export const mayDuplicate = (viewer: Viewer, campaign: Campaign): Verdict => {
  const verdict = mayRead(viewer, campaign)
  return verdict === true ? mayPrepare(viewer, campaign.place) : verdict
}

/**
 * Advisors of the members, where their perimeter covers the target. The SQL twin is the policy
 * campaign_targets.advisor_works.
 */
export const mayWork = (viewer: Viewer, campaign: Campaign, target: Target): Verdict => {
  if (!isMember(viewer, campaign)) return 'campaign/member-advisors-only'
  return covers(viewer, 'campagnes', 'conseiller', target.place) || 'access/outside-perimeter'
}

/**
 * Who took it, or who leads in the same organisation: a target must not stay with someone who left. The SQL twin is
 * ctx.check_target_work.
 */
export const mayRelease = (viewer: Viewer, campaign: Campaign, target: Target): Verdict => {
  const verdict = mayWork(viewer, campaign, target)
  if (verdict !== true) return verdict
  const leads =
    target.takenBy?.organisationId === viewer.organisationId && covers(viewer, 'campagnes', 'responsable', target.place)
  return target.takenBy === null || target.takenBy.id === viewer.accountId || leads || 'target/taken-by-other'
}

/** Recording also asks to read the card: before speaking to an employer, one sees who did. */
const mayRecord = (viewer: Viewer, campaign: Campaign, target: Target) =>
  mayWork(viewer, campaign, target) === true && covers(viewer, 'fiche-etablissement', 'consultation', target.place)

const mayAct = (viewer: Viewer, campaign: Campaign, act: Act): boolean => {
  if (act === 'work-targets') return touches(viewer, 'campagnes', 'conseiller', campaign.territory.id)
  return (act === 'duplicate' ? mayDuplicate(viewer, campaign) : mayPilot(viewer, campaign)) === true
}

/** A campaign as the contract shows it to this viewer. */
export const campaignReply = (viewer: Viewer, campaign: Campaign): Static<typeof CampaignSchema> => {
  const { place, ...told } = campaign
  return {
    ...told,
    allowed: campaignActions.filter(act => possible(campaign.status, act) && mayAct(viewer, campaign, act)),
  }
}

/** A target as the contract shows it to this viewer. */
export const targetReply = (viewer: Viewer, campaign: Campaign, target: Target): Static<typeof TargetSchema> => {
  const { place, ...told } = target
  const live = target.status !== 'ecarte'
  const open = live && possible(campaign.status, 'work-targets')
  const may = {
    take:
      open &&
      target.takenBy === null &&
      (target.assignedTo === null || target.assignedTo.id === viewer.organisationId) &&
      mayWork(viewer, campaign, target) === true,
    release: open && target.takenBy !== null && mayRelease(viewer, campaign, target) === true,
    record: open && mayRecord(viewer, campaign, target),
    'set-aside': live && possible(campaign.status, 'set-aside') && mayPilot(viewer, campaign) === true,
    'put-back': !live && possible(campaign.status, 'put-back') && mayPilot(viewer, campaign) === true,
  }
  return { ...told, allowed: (Object.keys(may) as (keyof typeof may)[]).filter(act => may[act]) }
}
