import * as contract from '../../../contract/work-with-employers/campaigns.ts'
import { tellPerson } from '../../notifications/tell.ts'
import { action } from '../../platform/action.ts'
import { found, Refused } from '../../platform/errors.ts'
import { noteRelease } from './assignments.queries.ts'
import { after } from './campaign-lifecycle.ts'
import { targetsTakenBackMail } from './campaigns.mails.ts'
import { mayRelease, targetReply } from './campaigns.policy.ts'
import { plainCampaign } from './campaigns.queries.ts'
import { releaseTarget as release, targetById } from './targets.queries.ts'

export const releaseTarget = action(contract.releaseTarget, {
  load: async ({ params: { campaignId, siret } }, { db, today }) => {
    const [campaign, target] = await Promise.all([
      plainCampaign(db, campaignId),
      targetById(db, campaignId, Number(siret), today),
    ])
    return { campaign: found(campaign), target: found(target) }
  },
  may: (viewer, { campaign, target }) => mayRelease(viewer, campaign, target),
  run: async ({ campaign, target: before }, { params }, context) => {
    const { db, viewer, now, today } = context
    after(campaign, 'work-targets', today)
    // Giving back what nobody holds, as a second click does, changes nothing.
    const released =
      before.takenBy === null || (await release(db, campaign.id, Number(params.siret), before.takenBy.id))
    if (released && before.takenBy)
      await noteRelease(db, campaign.id, Number(params.siret), before.takenBy, before.status, viewer.accountId, now)
    const target = found(await targetById(db, campaign.id, Number(params.siret), today))
    const reply = targetReply(viewer, campaign, target)
    if (!released) throw new Refused('target/taken-by-other', { current: reply })
    if (before.takenBy && before.takenBy.id !== viewer.accountId)
      await tellPerson(db, targetsTakenBackMail(campaign, 1, viewer.organisationName, before.takenBy.id), context)
    return {
      reply,
      audit: [
        {
          action: 'target.released',
          subject: ['target', `${campaign.id}/${params.siret}`],
          detail: { before: { takenBy: before.takenBy?.id ?? null }, after: { takenBy: null } },
        },
      ],
    }
  },
})
