import type { editCampaign } from '../../contract/campaigns.ts'
import type { Body } from '../../contract/route.ts'
import type { Db } from '../platform/database.ts'
import { Refused } from '../platform/errors.ts'
import type { TerritoryLine } from '../platform/viewer.ts'
import type { Campaign } from './campaign-lifecycle.ts'
import { type CampaignValues, countOrganisations, placeOf } from './campaigns.queries.ts'

export interface CampaignInput {
  readonly values: Omit<CampaignValues, keyof TerritoryLine>
  readonly place: TerritoryLine
  readonly memberIds: readonly string[]
}

/** What a pilot sent, with the place of its territory; refused when the territory or a member is unknown. */
export const readInput = async (db: Db, { memberIds, description = null, contactDelayDays = 30, contactGoal = null, ...body }: Body<typeof editCampaign>): Promise<CampaignInput> => {
  const [place, members] = await Promise.all([placeOf(db, body.territoryId), countOrganisations(db, memberIds)])
  if (!place) throw new Refused('territory/unknown')
  if (members !== memberIds.length) throw new Refused('organisation/unknown')
  return { values: { ...body, description, contactDelayDays, contactGoal }, place, memberIds }
}

/** The pilot organisation is always a member, whether it was named or not. */
export const withPilot = (pilotId: string, memberIds: readonly string[]): string[] => [...new Set([pilotId, ...memberIds])]

/** What the trail keeps of a campaign, before and after. */
export const factsOf = ({ name, purpose, description, territory, startsOn, endsOn, contactDelayDays, contactGoal, members, status }: Campaign) =>
  ({ name, purpose, description, territoryId: territory.id, startsOn, endsOn, contactDelayDays, contactGoal, memberIds: members.map(member => member.id), status })
