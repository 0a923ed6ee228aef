import * as contract from '../../../contract/work-with-employers/campaigns.ts'
import { action } from '../../platform/action.ts'
import { found } from '../../platform/errors.ts'
import { factsOf, withPilot } from './campaign-input.ts'
import { after, checkPeriod } from './campaign-lifecycle.ts'
import { insertCampaign } from './campaign-writes.queries.ts'
import { campaignReply, mayDuplicate } from './campaigns.policy.ts'
import { campaignById, copyResults, leadCandidates, plainCampaign } from './campaigns.queries.ts'
import { insertTargets, targetsOf } from './selection.queries.ts'

export const duplicateCampaign = action(contract.duplicateCampaign, {
  load: async ({ params }, { db }) => found(await plainCampaign(db, params.campaignId)),
  may: mayDuplicate,
  run: async (source, { body: { withTargets = false, ...own } }, { db, viewer, now, today, newId }) => {
    after(source, 'duplicate', today)
    checkPeriod(own, today)
    const id = newId()
    const memberIds = withPilot(
      viewer.organisationId,
      source.members.map(member => member.id),
    )
    // Leads whose grants ended since are not named again.
    const entitled = new Set(await leadCandidates(db, memberIds, source.territory.id, today))
    const leadIds = source.leads.map(lead => lead.id).filter(lead => entitled.has(lead))
    const { purpose, description, territory, contactDelayDays, conflictScope, goals, place } = source
    await insertCampaign(
      db,
      id,
      { ...own, purpose, description, territoryId: territory.id, contactDelayDays, conflictScope, ...place },
      viewer.organisationId,
      { memberIds, leadIds, goals },
      viewer.accountId,
      now,
    )
    const results = await copyResults(db, source.id, id, now)
    const targets = withTargets ? (await insertTargets(db, { ...source, id }, targetsOf(source), today)).length : 0
    const copy = found(await campaignById(db, id, today))
    return {
      reply: campaignReply(viewer, copy),
      audit: [
        {
          action: 'campaign.duplicated',
          subject: ['campaign', id],
          detail: { from: source.id, before: null, after: factsOf(copy), targets, results },
        },
      ],
    }
  },
})
