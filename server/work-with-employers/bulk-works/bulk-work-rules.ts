import {
  actionActs,
  type bulkActs,
  type bulkStates,
  type targetActs,
} from '../../../contract/work-with-employers/bulk-works.ts'
import { Refused } from '../../platform/errors.ts'
import { workingDaysAfter } from '../../platform/working-days.ts'
import { after, type Campaign } from '../campaigns/campaign-lifecycle.ts'

export type BulkActKind = (typeof bulkActs)[number]
export type TargetActKind = (typeof targetActs)[number]
/** On targets of a campaign, sharing out among them. */
export type CampaignActKind = TargetActKind | 'share'
export const isCampaignAct = (act: BulkActKind): act is CampaignActKind =>
  !(actionActs as readonly string[]).includes(act)
export type BulkState = (typeof bulkStates)[number]

const undone = {
  'set-aside': 'put-back',
  'put-back': 'set-aside',
  close: 'reopen',
  release: 'retake',
  share: 'give-back',
} as const
export type Deed = CampaignActKind | (typeof undone)[CampaignActKind]
/** What an act does to its targets, or what undoing it does. The SQL twin is ctx.bulk_deed. */
export const deedOf = (act: CampaignActKind, undo: boolean): Deed => (undo ? undone[act] : act)
/** The act on one target that is asked of the campaign in its place: all but leaving and coming back is to work targets. */
const asOne = {
  'set-aside': 'set-aside',
  'put-back': 'put-back',
  close: 'work-targets',
  reopen: 'work-targets',
  release: 'work-targets',
  retake: 'work-targets',
  share: 'work-targets',
  'give-back': 'work-targets',
} as const

/**
 * An open campaign, as for one target; targets put back are held until its last day, which is to come.
 * The worker checks the same at each part. The SQL twin is ctx.do_bulk_part.
 */
export const checkCampaign = (
  campaign: Pick<Campaign, 'status' | 'startsOn' | 'endsOn' | 'counts'>,
  deed: Deed,
  today: string,
): void => {
  if (campaign.status !== 'open') throw new Refused('campaign/not-open', { facts: { status: campaign.status } })
  after(campaign, asOne[deed], today)
}

const freshMinutes = 60
/** What was counted no longer says where the targets stand. */
export const isStale = (countedAt: Date, now: Date): boolean =>
  now.getTime() - countedAt.getTime() > freshMinutes * 60_000

export const isRunning = (state: BulkState): boolean => state === 'doing' || state === 'undoing'

/** Once it ended, whole or stopped, if it changed anything. */
export const mayBeUndone = (state: BulkState, done: number): boolean =>
  (state === 'done' || state === 'stopped') && done > 0

export type Move = { readonly to: string } | { readonly by: number }
/** Never to a day that is past. */
export const checkMove = (move: Move, today: string): void => {
  if ('to' in move && move.to < today) throw new Refused('exchange/next-action-in-past')
}
/** The day that an action is moved to; what is late counts from today. */
export const movedDay = (dueOn: string, move: Move, today: string): string =>
  'to' in move ? move.to : workingDaysAfter(dueOn < today ? today : dueOn, move.by)
