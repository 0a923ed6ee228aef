import * as contract from '../../../contract/work-with-employers/campaigns.ts'
import { action } from '../../platform/action.ts'
import { found } from '../../platform/errors.ts'
import { checkLeads, factsOf, readInput, withPilot } from './campaign-input.ts'
import { checkPeriod } from './campaign-lifecycle.ts'
import { insertCampaign } from './campaign-writes.queries.ts'
import { campaignReply, mayPrepare } from './campaigns.policy.ts'
import { campaignById } from './campaigns.queries.ts'

export const createCampaign = action(contract.createCampaign, {
  load: ({ body }, { db }) => readInput(db, body),
  may: (viewer, { place }) => mayPrepare(viewer, place),
  run: async ({ values, place, memberIds: named, leadIds, goals }, _input, { db, viewer, now, today, newId }) => {
    checkPeriod(values, today)
    const memberIds = withPilot(viewer.organisationId, named)
    await checkLeads(db, leadIds, memberIds, values.territoryId, today)
    const id = newId()
    await insertCampaign(
      db,
      id,
      { ...values, ...place },
      viewer.organisationId,
      { memberIds, leadIds, goals },
      viewer.accountId,
      now,
    )
    const campaign = found(await campaignById(db, id, today))
    return {
      reply: campaignReply(viewer, campaign),
      audit: [
        { action: 'campaign.created', subject: ['campaign', id], detail: { before: null, after: factsOf(campaign) } },
      ],
    }
  },
})
