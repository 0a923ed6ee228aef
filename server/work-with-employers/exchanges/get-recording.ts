import * as contract from '../../../contract/work-with-employers/exchanges.ts'
import { action } from '../../platform/action.ts'
import { found } from '../../platform/errors.ts'
import { openCampaignsOf } from '../campaigns/campaigns.queries.ts'
import { nextActionReply } from './exchange-reply.ts'
import { mayRecord } from './exchanges.policy.ts'
import { establishmentPlace } from './exchanges.queries.ts'
import { ownPlannedAt } from './next-actions.queries.ts'

const shown = 20

export const getRecording = action(contract.getRecording, {
  load: async ({ params }, { db }) => {
    const siret = Number(params.siret)
    const [establishment, campaigns, planned] = await Promise.all([
      establishmentPlace(db, siret),
      openCampaignsOf(db, siret),
      ownPlannedAt(db, siret, shown),
    ])
    return { establishment: found(establishment), campaigns, planned }
  },
  may: (viewer, { establishment }) => mayRecord(viewer, establishment),
  run: async ({ campaigns, planned }, _input, context) => ({
    campaigns,
    planned: planned.map(row => nextActionReply(row, context)),
  }),
})
