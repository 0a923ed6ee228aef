import * as contract from '../../../contract/work-with-employers/campaigns.ts'
import { action } from '../../platform/action.ts'
import { found, Refused } from '../../platform/errors.ts'
import { after } from '../campaigns/campaign-lifecycle.ts'
import { mayPilot, targetReply } from '../campaigns/campaigns.policy.ts'
import { lockCampaign } from '../campaigns/campaigns.queries.ts'
import { forgetDecisions } from '../campaigns/conflicts.queries.ts'
import { noteEvent } from '../campaigns/events.queries.ts'
import { notToContactUntil, objectsToDiffusion } from '../campaigns/references.queries.ts'
import { reserveNew } from '../campaigns/reserve-targets.ts'
import { statusBack } from '../campaigns/target-rules.ts'
import { obtainedWith, putBack, targetById } from '../campaigns/targets.queries.ts'

/** Where its contacts left it, held again; what others hold or met meanwhile is weighed as for a new target. */
export const putTargetBack = action(contract.putTargetBack, {
  load: async ({ params: { campaignId, siret } }, { db, today }) => {
    const campaign = found(await lockCampaign(db, campaignId))
    return {
      campaign,
      before: found(await targetById(db, campaignId, Number(siret), today)),
      notToContact: await notToContactUntil(db, Number(siret), today),
      objects: await objectsToDiffusion(db, Number(siret)),
    }
  },
  may: (viewer, { campaign }) => mayPilot(viewer, campaign),
  run: async ({ campaign, before, notToContact, objects }, { params, body }, context) => {
    const { db, viewer, today } = context
    const siret = Number(params.siret)
    after(campaign, 'put-back', today)
    const draft = campaign.status === 'draft'
    // A draft decides on its conflicts in a step of its own.
    if (draft && (body.held || body.contacted || body.beside)) throw new Refused('campaign/decision-impossible')
    if (objects && before.status === 'ecarte') throw new Refused('target/objects-to-diffusion')
    if (notToContact && before.status === 'ecarte' && !body.despite) throw new Refused('target/do-not-contact')
    await forgetDecisions(db, campaign.id, siret)
    const status = statusBack(await obtainedWith(db, campaign.id, siret))
    if (!(await putBack(db, campaign.id, siret, status)))
      throw new Refused('target/not-set-aside', { current: targetReply(viewer, campaign, before) })
    const { losses } = draft ? { losses: [] } : await reserveNew(campaign, [siret], body, context)
    if (!draft) await noteEvent(context, campaign.id, { kind: 'target-put-back', targets: 1 })
    const target = found(await targetById(db, campaign.id, siret, today))
    return {
      reply: targetReply(viewer, campaign, target),
      audit: [
        {
          action: 'target.put-back',
          subject: ['target', `${campaign.id}/${params.siret}`],
          detail: {
            before: { status: before.status },
            after: { status: target.status, shared: target.shared },
            ...(notToContact ? { notToContactUntil: notToContact } : {}),
          },
        },
        ...losses,
      ],
    }
  },
})
