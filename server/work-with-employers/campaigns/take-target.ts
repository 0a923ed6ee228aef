import * as contract from '../../../contract/work-with-employers/campaigns.ts'
import { action } from '../../platform/action.ts'
import { found, Refused } from '../../platform/errors.ts'
import { noteTaking } from './assignments.queries.ts'
import { after } from './campaign-lifecycle.ts'
import { mayWork, targetReply } from './campaigns.policy.ts'
import { plainCampaign } from './campaigns.queries.ts'
import { takeTarget as take, targetById } from './targets.queries.ts'

export const takeTarget = action(contract.takeTarget, {
  load: async ({ params: { campaignId, siret } }, { db, today }) => {
    const [campaign, target] = await Promise.all([
      plainCampaign(db, campaignId),
      targetById(db, campaignId, Number(siret), today),
    ])
    return { campaign: found(campaign), target: found(target) }
  },
  may: (viewer, { campaign, target }) => mayWork(viewer, campaign, target),
  run: async ({ campaign, target: before }, { params }, { db, viewer, now, today }) => {
    after(campaign, 'work-targets', today)
    const taken = await take(db, campaign.id, Number(params.siret), viewer, now)
    if (taken && before.takenBy === null)
      await noteTaking(db, campaign.id, Number(params.siret), viewer, before.status, now)
    const target = found(await targetById(db, campaign.id, Number(params.siret), today))
    const reply = targetReply(viewer, campaign, target)
    if (!taken)
      throw new Refused(
        target.status === 'ecarte'
          ? 'target/set-aside'
          : target.takenBy
            ? 'target/taken-by-other'
            : 'target/assigned-to-other',
        { current: reply },
      )
    return {
      reply,
      audit: [
        {
          action: 'target.taken',
          subject: ['target', `${campaign.id}/${params.siret}`],
          detail: { before: { takenBy: before.takenBy?.id ?? null }, after: { takenBy: viewer.accountId } },
        },
      ],
    }
  },
})
