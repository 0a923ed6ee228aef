import * as contract from '../../../contract/work-with-employers/saved-views.ts'
import { action } from '../../platform/action.ts'
import { found, Refused } from '../../platform/errors.ts'
import { plainCampaign } from '../campaigns/campaigns.queries.ts'
import { countOwnViews, findView, insertView } from './saved-views.queries.ts'
import { viewReply } from './view-reply.ts'
import { mostViews, refusedView } from './view-rules.ts'

export const saveView = action(contract.saveView, {
  load: async ({ body: { campaignId } }, { db }) => {
    const [campaign, own] = await Promise.all([campaignId ? plainCampaign(db, campaignId) : null, countOwnViews(db)])
    return { campaignId: campaign === null ? null : found(campaign).id, own }
  },
  may: () => true, // for oneself; what it opens is what each may read
  run: async ({ campaignId, own }, { body }, { db, viewer, now, newId }) => {
    const { list, address, sharedWith } = body
    const refused = refusedView(list, campaignId, sharedWith)
    if (refused) throw new Refused(refused)
    if (own >= mostViews) throw new Refused('view/too-many')
    const id = newId()
    const name = body.name.trim()
    const by = { ownerId: viewer.accountId, organisationId: viewer.organisationId }
    if (!(await insertView(db, { id, list, campaignId, name, address, sharedWith, ...by, savedAt: now })))
      throw new Refused('view/name-taken')
    return {
      reply: viewReply(viewer, found(await findView(db, id))),
      audit: [{ action: 'view.saved', subject: ['view', id], detail: { list, campaignId, name, sharedWith } }],
    }
  },
})
