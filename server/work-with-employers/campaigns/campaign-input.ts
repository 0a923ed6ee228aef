import type { Body } from '../../../contract/route.ts'
import type { editCampaign } from '../../../contract/work-with-employers/campaigns.ts'
import type { Context } from '../../platform/action.ts'
import type { Db } from '../../platform/database.ts'
import { found, Refused } from '../../platform/errors.ts'
import type { TerritoryLine } from '../../platform/viewer.ts'
import type { Campaign } from './campaign-lifecycle.ts'
import type { CampaignValues } from './campaign-writes.queries.ts'
import { campaignReply } from './campaigns.policy.ts'
import { campaignById, countOrganisations, leadCandidates, placeOf } from './campaigns.queries.ts'

export interface CampaignInput {
  readonly values: Omit<CampaignValues, keyof TerritoryLine>
  readonly place: TerritoryLine
  readonly memberIds: readonly string[]
  readonly leadIds: readonly string[]
  readonly goals: Campaign['goals']
}

/** What a pilot sent, with the place of its territory; refused when the territory or a member is unknown. */
export const readInput = async (
  db: Db,
  {
    memberIds,
    leadIds = [],
    goals = [],
    description = null,
    contactDelayDays = 30,
    conflictScope = 'establishment',
    step,
    ...body
  }: Body<typeof editCampaign>,
): Promise<CampaignInput> => {
  checkGoals(goals)
  const [place, members] = await Promise.all([placeOf(db, body.territoryId), countOrganisations(db, memberIds)])
  if (!place) throw new Refused('territory/unknown')
  if (members !== memberIds.length) throw new Refused('organisation/unknown')
  return {
    values: { ...body, description, contactDelayDays, conflictScope, ...(step ? { step } : {}) },
    place,
    memberIds,
    leadIds,
    goals,
  }
}

export const checkGoals = (goals: Campaign['goals']): void => {
  if (new Set(goals.map(goal => goal.kind)).size < goals.length) throw new Refused('campaign/goal-twice')
}

/** A lead answers for the campaign in a member organisation, with a profile that may (campaign_lead_candidates). */
export const checkLeads = async (
  db: Db,
  leadIds: readonly string[],
  memberIds: readonly string[],
  territoryId: number,
  today: string,
): Promise<void> => {
  const entitled = new Set(leadIds.length ? await leadCandidates(db, memberIds, territoryId, today) : [])
  const accountIds = leadIds.filter(id => !entitled.has(id))
  if (accountIds.length) throw new Refused('campaign/lead-not-entitled', { facts: { accountIds } })
}

/** The pilot organisation is always a member, whether it was named or not. */
export const withPilot = (pilotId: string, memberIds: readonly string[]): string[] => [
  ...new Set([pilotId, ...memberIds]),
]

/** What the trail keeps of a campaign, before and after. */
export const factsOf = ({
  name,
  purpose,
  description,
  territory,
  startsOn,
  endsOn,
  contactDelayDays,
  conflictScope,
  goals,
  members,
  leads,
  status,
}: Campaign) => ({
  name,
  purpose,
  description,
  territoryId: territory.id,
  startsOn,
  endsOn,
  contactDelayDays,
  conflictScope,
  goals,
  memberIds: members.map(member => member.id),
  leadIds: leads.map(lead => lead.id),
  status,
})

/** Refused when another wrote it since; the campaign as it now stands comes with the refusal. */
export const checkUnchanged = async (
  campaign: Campaign,
  ifMatch: number | undefined,
  { db, viewer, today }: Context,
): Promise<void> => {
  if (ifMatch !== campaign.version)
    throw new Refused('request/changed-meanwhile', {
      current: campaignReply(viewer, found(await campaignById(db, campaign.id, today))),
    })
}
