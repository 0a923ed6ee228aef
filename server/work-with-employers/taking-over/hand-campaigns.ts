import type { Context, Entry } from '../../platform/action.ts'
import { found } from '../../platform/errors.ts'
import { factsOf } from '../campaigns/campaign-input.ts'
import { savePresentation } from '../campaigns/campaign-writes.queries.ts'
import { campaignById, leadCandidates, lockCampaign } from '../campaigns/campaigns.queries.ts'
import { noteEvent } from '../campaigns/events.queries.ts'
import { adoptCampaign, handoversOf } from './take-over.queries.ts'
import { tellTaken } from './tell-campaign.ts'

export interface Adopted {
  readonly entries: readonly Entry[]
  /** Whether they may be given back: their former pilot is under convention. */
  readonly revocable: boolean
}

/** The recipient answers for each campaign in the place of who is gone, where they are entitled to. */
export const handCampaigns = async (
  context: Context,
  campaignIds: readonly string[],
  fromId: string,
  toId: string,
): Promise<Entry[]> => {
  const { db, today } = context
  const entries: Entry[] = []
  for (const id of campaignIds) {
    const before = await lockCampaign(db, id)
    if (!before || !stillTheirs(before, fromId)) continue
    const memberIds = before.members.map(member => member.id)
    if (!(await leadCandidates(db, memberIds, before.territory.id, today)).includes(toId)) continue
    const leadIds = [...before.leads.map(lead => lead.id).filter(lead => lead !== fromId && lead !== toId), toId]
    await savePresentation(db, before, { description: before.description, leadIds, goals: before.goals })
    if (before.status === 'open') await noteEvent(context, id, { kind: 'corrected' })
    const after = found(await campaignById(db, id, today))
    entries.push({
      action: 'campaign.corrected',
      subject: ['campaign', id],
      detail: { before: factsOf(before), after: factsOf(after) },
    })
  }
  return entries
}

/**
 * The viewer's structure pilots each campaign whose pilot is gone; the recipient answers for it in the place of those of
 * the former pilot who left. A structure that stays a member is told, and so are the other leads.
 */
export const adoptCampaigns = async (
  context: Context,
  campaignIds: readonly string[],
  toId: string,
): Promise<Adopted> => {
  const { db, today, now, viewer } = context
  const entries: Entry[] = []
  let revocable = campaignIds.length > 0
  for (const id of campaignIds) {
    const seen = await campaignById(db, id, today)
    if (!seen || !(await leadCandidates(db, [viewer.organisationId], seen.territory.id, today)).includes(toId)) continue
    const formerId = await adoptCampaign(db, id, today, now)
    if (!formerId) continue
    const before = found(await lockCampaign(db, id))
    const { leadIds, leftIds, why } = found(
      (await handoversOf(db, formerId, now)).find(({ campaignId }) => campaignId === id),
    )
    await savePresentation(db, before, {
      description: before.description,
      leadIds: [...leadIds.filter(lead => lead !== toId && !leftIds.includes(lead)), toId],
      goals: before.goals,
    })
    if (why === 'no-pilot') await tellTaken(context, before, { formerId, leadIds, toId })
    else revocable = false
    entries.push({
      action: 'campaign.handed-over',
      subject: ['campaign', id],
      detail: {
        before: { pilotId: formerId, leadIds },
        after: { pilotId: viewer.organisationId, leadId: toId },
        ...(why === 'no-pilot' ? { why } : {}),
      },
    })
  }
  return { entries, revocable }
}

/** Whoever created a campaign without leads answers for it. */
const stillTheirs = (
  { leads, createdBy }: { readonly leads: readonly { id: string }[]; readonly createdBy: { id: string } },
  fromId: string,
): boolean => (leads.length ? leads.some(lead => lead.id === fromId) : createdBy.id === fromId)
