import * as contract from '../../../contract/work-with-employers/sharing.ts'
import { action } from '../../platform/action.ts'
import { found } from '../../platform/errors.ts'
import { insertSharedLines, insertWork } from '../bulk-works/bulk-works.queries.ts'
import { groupChosen, planAssignments } from '../campaigns/assignments.queries.ts'
import { after } from '../campaigns/campaign-lifecycle.ts'
import { plainCampaign } from '../campaigns/campaigns.queries.ts'
import { countBeyondBudget } from '../solicitations/solicitations.queries.ts'
import { mayShareOut, scopeOf } from './sharing.policy.ts'
import { countNotToContact, insertSimulation, listRecipients, savePlanned } from './sharing.queries.ts'
import { makePlan, readMethod } from './sharing-plan.ts'

/** Writes the lines of what would be done, so that confirming does exactly what was shown. */
export const simulateSharing = action(contract.simulateSharing, {
  load: async ({ params: { campaignId } }, { db, today }) => {
    const [campaign, recipients] = await Promise.all([
      plainCampaign(db, campaignId),
      listRecipients(db, campaignId, today),
    ])
    return { campaign: found(campaign), recipients }
  },
  may: (viewer, { campaign }) => mayShareOut(viewer, campaign),
  run: async ({ campaign, recipients }, { body: { which, how } }, { db, viewer, now, newId, today }) => {
    after(campaign, 'work-targets', today)
    const reading = readMethod(how, recipients)
    const scope = scopeOf(viewer, campaign)!
    const choice = {
      campaignId: campaign.id,
      parts: reading.parts,
      scope,
      today,
      which:
        'sirets' in which
          ? { sirets: which.sirets.map(Number) }
          : { filter: which.filter, except: (which.except ?? []).map(Number) },
    }
    const [groups, notToContact] = await Promise.all([groupChosen(db, choice), countNotToContact(db, choice)])
    const plan = makePlan(groups, recipients, reading)
    const id = newId()
    await insertSimulation(db, {
      id,
      campaignId: campaign.id,
      byId: viewer.accountId,
      withinOrganisation: scope === 'organisation' ? viewer.organisationId : null,
      how: how.kind,
      simulatedAt: now,
    })
    const planned = plan.lines.length ? await planAssignments(db, id, choice, plan.lines) : 0
    await savePlanned(db, id, planned)
    await insertWork(db, {
      id,
      campaignId: campaign.id,
      byId: viewer.accountId,
      act: 'share',
      sharingId: id,
      countedAt: now,
    })
    await insertSharedLines(db, id)
    const beyondBudget = await countBeyondBudget(db, id, today)
    const lines = recipients.flatMap(({ organisation, person, load }, r) => {
      const [received, given] = [plan.received.get(r) ?? 0, plan.given.get(r) ?? 0]
      return received || given || (how.kind !== 'referent' && reading.receiving.has(r))
        ? [{ to: { organisation, person }, before: load, received, given, after: load + received - given }]
        : []
    })
    return {
      reply: {
        id,
        chosen: plan.chosen,
        planned,
        unchanged: plan.unchanged,
        unplaced: plan.unplaced,
        notToContact,
        beyondBudget,
        lines,
      },
      audit: [
        {
          action: 'targets.sharing-simulated',
          subject: ['campaign', campaign.id],
          detail: { sharing: id, how: how.kind, chosen: plan.chosen, planned, beyondBudget },
        },
      ],
    }
  },
})
