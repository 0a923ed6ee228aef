import type { leftOutReasons } from '../../../contract/work-with-employers/exchanges.ts'

export type LeftOut = (typeof leftOutReasons)[number]
/** Where an exchange stands: in a campaign that counts it, beside one that does not, or outside any. */
export interface Placed {
  readonly campaignId: string | null
  readonly leftOutCampaignId: string | null
  readonly leftOut: LeftOut | null
}
interface Period {
  readonly startsOn: string
  readonly endsOn: string
}

export const nowhere: Placed = { campaignId: null, leftOutCampaignId: null, leftOut: null }
const inside = (campaignId: string): Placed => ({ ...nowhere, campaignId })
const beside = (leftOutCampaignId: string, leftOut: LeftOut): Placed => ({ ...nowhere, leftOutCampaignId, leftOut })

const within = ({ startsOn, endsOn }: Period, day: string) => startsOn <= day && day <= endsOn

/**
 * The annex 4 figures count what was done « dans le cadre d'une campagne »: within its days, on a target that it keeps.
 * The rest is recorded all the same, since it took place, and counted in no campaign.
 */
export const placed = (
  campaign: Period & { readonly id: string },
  target: { readonly status: string },
  occurredOn: string,
): Placed => {
  if (!within(campaign, occurredOn)) return beside(campaign.id, 'days')
  return target.status === 'ecarte' ? beside(campaign.id, 'set-aside') : inside(campaign.id)
}

interface Standing extends Placed {
  /** Null outside any campaign, or where the campaign is not visible. */
  readonly startsOn: string | null
  readonly endsOn: string | null
  readonly campaignStatus: string | null
}

/**
 * Where a correction leaves it. Another date may bring it out of its campaign, or back as long as it is open. A target
 * set aside since takes nothing away from what it counted.
 */
export const placedAgain = (
  { startsOn, endsOn, campaignStatus, campaignId, leftOutCampaignId, leftOut }: Standing,
  target: { readonly status: string } | null,
  occurredOn: string,
): Placed => {
  const present = { campaignId, leftOutCampaignId, leftOut }
  if (startsOn === null || endsOn === null) return present
  const period = { startsOn, endsOn }
  if (campaignId !== null) return within(period, occurredOn) ? present : beside(campaignId, 'days')
  if (leftOutCampaignId === null || campaignStatus !== 'open' || target === null) return present
  return placed({ id: leftOutCampaignId, ...period }, target, occurredOn)
}
