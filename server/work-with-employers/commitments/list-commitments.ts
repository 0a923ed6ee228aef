import * as contract from '../../../contract/work-with-employers/commitments.ts'
import { action } from '../../platform/action.ts'
import { found } from '../../platform/errors.ts'
import { opens } from '../../platform/viewer.ts'
import { establishmentPlace } from '../../territory-and-register/establishments/places.queries.ts'
import { commitmentReply, inOrder } from './commitment-reply.ts'
import { mayNote, mayRead } from './commitments.policy.ts'
import { commitmentsAt } from './commitments.queries.ts'

export const listCommitments = action(contract.listCommitments, {
  load: async ({ params }, { db }) => {
    const siret = Number(params.siret)
    const [place, rows] = await Promise.all([establishmentPlace(db, siret), commitmentsAt(db, siret)])
    return { place: found(place), rows }
  },
  // Refused rather than answered empty: « none » would be false where one may not see them.
  may: (viewer, { place }) => mayRead(viewer, place) || 'access/outside-perimeter',
  run: async ({ place, rows }, _input, context) => ({
    items: inOrder(rows.map(row => commitmentReply(row, context))),
    mayNote: opens(context.viewer, 'engagements') && mayNote(context.viewer, place) === true,
  }),
})
