import type { Static } from 'typebox'
import type { RefusalCode } from '../../../contract/refusals.ts'
import type * as contract from '../../../contract/work-with-employers/campaigns.ts'
import { mostCampaignDays } from '../../../contract/work-with-employers/campaigns.ts'
import { Refused } from '../../platform/errors.ts'
import { addDays } from '../../platform/time.ts'
import type { TerritoryLine } from '../../platform/viewer.ts'

/** As the contract says it, less what depends on who asks, plus its place. */
export interface Campaign extends Omit<Static<typeof contract.Campaign>, 'allowed'> {
  /** The territories that hold the whole of its own (territory_line). */
  readonly place: TerritoryLine
}
export type Status = Campaign['status']
export type Act = (typeof contract.campaignActions)[number] | 'set-aside' | 'put-back'

/** The whole life of a campaign: in each status, what may be done and the status that it leads to. */
const life: Record<Status, Partial<Record<Act, Status>>> = {
  draft: {
    edit: 'draft',
    'add-targets': 'draft',
    'decide-conflicts': 'draft',
    'set-aside': 'draft',
    'put-back': 'draft',
    open: 'open',
    duplicate: 'draft',
  },
  open: {
    'work-targets': 'open',
    'set-aside': 'open',
    'put-back': 'open',
    'add-targets': 'open',
    'change-members': 'open',
    'hand-over': 'open',
    'change-period': 'open',
    correct: 'open',
    close: 'closed',
    duplicate: 'open',
  },
  closed: {
    'decide-conflicts': 'closed',
    'hand-over': 'closed',
    reopen: 'open',
    archive: 'archived',
    duplicate: 'closed',
  },
  archived: { duplicate: 'archived' },
}

const refusals: Partial<Record<Act, RefusalCode>> = {
  edit: 'campaign/not-draft',
  'add-targets': 'campaign/not-draft',
  'decide-conflicts': 'campaign/not-draft',
  'work-targets': 'campaign/not-open',
  'change-period': 'campaign/not-open',
  correct: 'campaign/not-open',
  'change-members': 'campaign/not-open',
}

export const possible = (status: Status, act: Act): boolean => life[status][act] !== undefined

/** The status after an act, or the refusal that says why not. `today` is a day in Europe/Paris. */
export const after = (
  campaign: Pick<Campaign, 'status' | 'startsOn' | 'endsOn' | 'counts'>,
  act: Act,
  today: string,
): Status => {
  const next = life[campaign.status][act]
  if (next === undefined)
    throw new Refused(refusals[act] ?? 'campaign/wrong-status', { facts: { status: campaign.status } })
  if (act === 'open' && campaign.counts.targets === 0) throw new Refused('campaign/no-target')
  // What is added to a running campaign is held until its last day: one is to come.
  const adds = campaign.status === 'open' && (act === 'add-targets' || act === 'put-back')
  if (act === 'open' || act === 'reopen' || adds) checkPeriodEnd(campaign.endsOn, today)
  if (act === 'open' || act === 'reopen') checkPeriodLength(campaign)
  return next
}

interface Period {
  readonly startsOn: string
  readonly endsOn: string
}
/** A period in order, of a year at most, of which at least the last day is to come. */
export const checkPeriod = (period: Period, today: string): void => {
  if (period.endsOn < period.startsOn) throw new Refused('campaign/period-reversed')
  checkPeriodEnd(period.endsOn, today)
  checkPeriodLength(period)
}
const checkPeriodEnd = (endsOn: string, today: string) => {
  if (endsOn < today) throw new Refused('campaign/period-over', { facts: { endsOn } })
}
/** The trigger campaigns.longest_period refuses it too, straight to the table. */
const checkPeriodLength = ({ startsOn, endsOn }: Period) => {
  if (endsOn >= addDays(startsOn, mostCampaignDays)) throw new Refused('campaign/period-too-long')
}
