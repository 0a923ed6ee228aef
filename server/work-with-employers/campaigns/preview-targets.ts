import * as contract from '../../../contract/work-with-employers/campaigns.ts'
import { action } from '../../platform/action.ts'
import { found } from '../../platform/errors.ts'
import { lookedByHires } from '../../territory-and-register/recruitments/looked-by-hires.ts'
import { after } from './campaign-lifecycle.ts'
import { maySelect } from './campaigns.policy.ts'
import { plainCampaign } from './campaigns.queries.ts'
import { previewTargets as preview } from './preview.queries.ts'
import { checkSize, hiresInCriteria, readSelection, withReach } from './selection.ts'
import { countTargets } from './targets.queries.ts'

export const previewTargets = action(contract.previewTargets, {
  load: async ({ params, body }, { db }) => withReach(db, found(await plainCampaign(db, params.campaignId)), body),
  may: maySelect,
  run: async ({ campaign }, { body }, { db, today, viewer }) => {
    after(campaign, 'add-targets', today)
    const { selected, outcomes } = await readSelection(db, campaign, body, today)
    const [{ count, sample, alreadyThere, notToContact, held, contacted, beside, spent, breakdown, points }, present] =
      await Promise.all([preview(db, campaign, selected, today), countTargets(db, campaign.id)])
    checkSize(present + count)
    const byHires = hiresInCriteria(campaign, body)
    return {
      reply: {
        count,
        sample,
        conflicts: { held, contacted, beside },
        budgetSpent: spent,
        outcomes: outcomes(count, alreadyThere, notToContact),
        breakdown,
        points,
      },
      // Nothing is written but this: the preview tells how many establishments others hold or met.
      audit: [
        {
          action: 'campaign.targets-previewed',
          subject: ['campaign', campaign.id],
          detail: { count, held, contacted, beside, spent },
        },
        // The sample is a list of employers found by their hires: as the search, it says so.
        ...(byHires ? lookedByHires(viewer, byHires, { campaign: campaign.id }) : []),
      ],
    }
  },
})
