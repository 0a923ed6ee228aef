import * as contract from '../../../contract/work-with-employers/campaigns.ts'
import { tellPerson } from '../../notifications/tell.ts'
import { action } from '../../platform/action.ts'
import { found, Refused } from '../../platform/errors.ts'
import { after } from './campaign-lifecycle.ts'
import { targetsTakenBackMail } from './campaigns.mails.ts'
import { mayPilot, targetReply } from './campaigns.policy.ts'
import { lockCampaign } from './campaigns.queries.ts'
import { freeTarget } from './conflicts.queries.ts'
import { setAside, targetById } from './targets.queries.ts'

/** Its hold goes with it: another campaign may work this establishment. */
export const setTargetAside = action(contract.setTargetAside, {
  load: async ({ params: { campaignId, siret } }, { db, today }) => {
    const campaign = found(await lockCampaign(db, campaignId))
    return { campaign, target: found(await targetById(db, campaignId, Number(siret), today)) }
  },
  may: (viewer, { campaign }) => mayPilot(viewer, campaign),
  run: async ({ campaign, target: before }, { params, body: { reason } }, context) => {
    const { db, viewer, today } = context
    after(campaign, 'set-aside', today)
    const [done] = await Promise.all([
      setAside(db, campaign.id, Number(params.siret), reason),
      freeTarget(db, campaign.id, Number(params.siret)),
    ])
    if (!done) throw new Refused('target/set-aside')
    if (before.takenBy && before.takenBy.id !== viewer.accountId)
      await tellPerson(db, targetsTakenBackMail(campaign, 1, viewer.organisationName, before.takenBy.id), context)
    const target = found(await targetById(db, campaign.id, Number(params.siret), today))
    return {
      reply: targetReply(viewer, campaign, target),
      audit: [
        {
          action: 'target.set-aside',
          subject: ['target', `${campaign.id}/${params.siret}`],
          detail: {
            before: { status: before.status, takenBy: before.takenBy?.id ?? null },
            after: { status: target.status, characters: { reason: reason.length } },
          },
        },
      ],
    }
  },
})
