import * as contract from '../../../contract/work-with-employers/referents.ts'
import { action } from '../../platform/action.ts'
import { found } from '../../platform/errors.ts'
import { establishmentPlace } from '../exchanges/exchanges.queries.ts'
import { mayReadReferent } from './referents.policy.ts'
import { readReferents, referentsReply } from './referents-reply.ts'

export const listReferents = action(contract.listReferents, {
  load: async ({ params }, { db }) => {
    const siret = Number(params.siret)
    const [place, rows] = await Promise.all([establishmentPlace(db, siret), readReferents(db, siret)])
    return { place: found(place), rows }
  },
  // Refused rather than answered empty: « none » would be false where one may not see them.
  may: (viewer, { place }) => mayReadReferent(viewer, place) || 'access/outside-perimeter',
  run: async ({ place, rows }, _input, context) => referentsReply(rows, place, context),
})
