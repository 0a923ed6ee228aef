import type { Context, Entry } from '../../platform/action.ts'
import { found } from '../../platform/errors.ts'
import { factsOf } from '../campaigns/campaign-input.ts'
import { savePresentation } from '../campaigns/campaign-writes.queries.ts'
import { campaignById, leadCandidates, lockCampaign } from '../campaigns/campaigns.queries.ts'
import { noteEvent } from '../campaigns/events.queries.ts'
import { adoptCampaign } from './take-over.queries.ts'

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
 * the former pilot.
 */
export const adoptCampaigns = async (
  context: Context,
  campaignIds: readonly string[],
  toId: string,
): Promise<Entry[]> => {
  const { db, today, now, viewer } = context
  const entries: Entry[] = []
  for (const id of campaignIds) {
    const seen = await campaignById(db, id, today)
    if (!seen || !(await leadCandidates(db, [viewer.organisationId], seen.territory.id, today)).includes(toId)) continue
    const formerId = await adoptCampaign(db, id, today, now)
    if (!formerId) continue
    const before = found(await lockCampaign(db, id))
    const leadIds = before.leads
      .filter(lead => lead.organisationId !== formerId && lead.id !== toId)
      .map(({ id }) => id)
    await savePresentation(db, before, {
      description: before.description,
      leadIds: [...leadIds, toId],
      goals: before.goals,
    })
    entries.push({
      action: 'campaign.handed-over',
      subject: ['campaign', id],
      detail: { before: { pilotId: formerId }, after: { pilotId: viewer.organisationId, leadId: toId } },
    })
  }
  return entries
}

/** Whoever created a campaign without leads answers for it. */
const stillTheirs = (
  { leads, createdBy }: { readonly leads: readonly { id: string }[]; readonly createdBy: { id: string } },
  fromId: string,
): boolean => (leads.length ? leads.some(lead => lead.id === fromId) : createdBy.id === fromId)
