import * as contract from '../../../contract/work-with-employers/exchanges.ts'
import { action } from '../../platform/action.ts'
import { found } from '../../platform/errors.ts'
import { openCampaignsOf } from '../campaigns/campaigns.queries.ts'
import { mayRecord } from './exchanges.policy.ts'
import { establishmentPlace } from './exchanges.queries.ts'

export const getRecording = action(contract.getRecording, {
  load: async ({ params }, { db }) => {
    const siret = Number(params.siret)
    const [establishment, campaigns] = await Promise.all([establishmentPlace(db, siret), openCampaignsOf(db, siret)])
    return { establishment: found(establishment), campaigns }
  },
  may: (viewer, { establishment }) => mayRecord(viewer, establishment),
  run: async ({ campaigns }) => ({ campaigns }),
})
