import * as contract from '../../../contract/work-with-employers/campaigns.ts'
import { action, type Context } from '../../platform/action.ts'
import { found, Refused } from '../../platform/errors.ts'
import { after, type Campaign } from './campaign-lifecycle.ts'
import { campaignReply, maySelect } from './campaigns.policy.ts'
import { campaignById, lockCampaign } from './campaigns.queries.ts'
import { noteEvent } from './events.queries.ts'
import { type DecidedAtOnce, reserveNew } from './reserve-targets.ts'
import { countLeftOut, countSelected, insertTargets } from './selection.queries.ts'
import { checkSize, readSelection, withReach } from './selection.ts'
import { countTargets } from './targets.queries.ts'

export const addTargets = action(contract.addTargets, {
  load: async ({ params, body }, { db }) => withReach(db, found(await lockCampaign(db, params.campaignId)), body),
  may: maySelect,
  run: async ({ campaign }, { body }, context) => {
    const { db, viewer, now, today } = context
    after(campaign, 'add-targets', today)
    // A draft decides on its conflicts in a step of its own.
    if (body.decided && campaign.status === 'draft') throw new Refused('campaign/decision-impossible')
    const { selected, outcomes } = await readSelection(db, campaign, body, today)
    const before = await countTargets(db, campaign.id)
    const [notToContact, sirets, present] = await Promise.all([
      countLeftOut(db, campaign, selected, today),
      insertTargets(db, campaign, selected, today, campaign.status === 'draft' ? null : now),
      countTargets(db, campaign.id),
    ])
    checkSize(present)
    const added = sirets.length
    const alreadyThere = (await countSelected(db, campaign, selected)) - added
    const joined = campaign.status === 'open' && added > 0 ? await join(campaign, sirets, body.decided, context) : none
    return {
      reply: {
        outcomes: outcomes(added, alreadyThere, notToContact),
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
            ...(notToContact > 0 ? { notToContact } : {}),
            ...joined.reserved,
          },
        },
        ...joined.losses,
      ],
    }
  },
})

const none = { reserved: {}, losses: [] }
/** Those who work in an open campaign are told how many came. */
const join = async (campaign: Campaign, sirets: number[], decided: DecidedAtOnce = {}, context: Context) => {
  const joined = await reserveNew(campaign, sirets, decided, context)
  await noteEvent(context, campaign.id, { kind: 'targets-added', targets: sirets.length })
  return joined
}
