import * as contract from '../../../contract/work-with-employers/campaigns.ts'
import { action } from '../../platform/action.ts'
import { found } from '../../platform/errors.ts'
import { after } from './campaign-lifecycle.ts'
import { campaignReply, mayPilot } from './campaigns.policy.ts'
import { campaignById, lockCampaign } from './campaigns.queries.ts'
import { countSelected, insertTargets } from './selection.queries.ts'
import { checkSize, readSelection } from './selection.ts'
import { countTargets } from './targets.queries.ts'

export const addTargets = action(contract.addTargets, {
  load: async ({ params }, { db }) => found(await lockCampaign(db, params.campaignId)),
  may: mayPilot,
  run: async (campaign, { body }, { db, viewer, today }) => {
    after(campaign, 'add-targets', today)
    const { selected, outcomes } = await readSelection(db, campaign, body)
    const before = await countTargets(db, campaign.id)
    const [added, present] = await Promise.all([insertTargets(db, campaign, selected), countTargets(db, campaign.id)])
    checkSize(present)
    const alreadyThere = (await countSelected(db, campaign, selected)) - added
    return {
      reply: {
        outcomes: outcomes(added, alreadyThere),
        campaign: campaignReply(viewer, found(await campaignById(db, campaign.id, today))),
      },
      audit: [
        {
          action: 'campaign.targets-added',
          subject: ['campaign', campaign.id],
          detail: {
            before: { targets: before },
            after: { targets: present },
            asked: 'criteria' in body ? { criteria: body.criteria } : { lines: body.sirets.length },
          },
        },
      ],
    }
  },
})
