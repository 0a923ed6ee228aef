import type { Entry } from '../../platform/action.ts'
import type { Db } from '../../platform/database.ts'
import { found } from '../../platform/errors.ts'
import { plainCampaign } from '../campaigns/campaigns.queries.ts'
import { checkCampaign, deedOf, isCampaignAct } from './bulk-work-rules.ts'
import { type WorkRow, workById } from './bulk-works.queries.ts'

/** A work with its campaign; on next actions it has none. */
export const loadWork = async (db: Db, workId: string) => {
  const work = found(await workById(db, workId))
  return { work, campaign: work.campaignId === null ? null : found(await plainCampaign(db, work.campaignId)) }
}
type Loaded = Awaited<ReturnType<typeof loadWork>>

/** Where the work has a campaign, it must take the act, or its undoing. */
export const checkWork = ({ work, campaign }: Loaded, undo: boolean, today: string): void => {
  if (campaign && isCampaignAct(work.act)) checkCampaign(campaign, deedOf(work.act, undo), today)
}
/** What the trail says a work is about: its campaign, or whose actions these were. */
export const subjectOf = ({ campaignId, byId }: Pick<WorkRow, 'campaignId' | 'byId'>): Entry['subject'] =>
  campaignId === null ? ['account', byId] : ['campaign', campaignId]
