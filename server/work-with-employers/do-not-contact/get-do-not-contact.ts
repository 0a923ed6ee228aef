import * as contract from '../../../contract/work-with-employers/do-not-contact.ts'
import { action } from '../../platform/action.ts'
import { found } from '../../platform/errors.ts'
import { establishmentPlace } from '../exchanges/exchanges.queries.ts'
import { mayReadMark } from './do-not-contact.policy.ts'
import { doNotContactReply, readMarks } from './do-not-contact-reply.ts'

export const getDoNotContact = action(contract.getDoNotContact, {
  load: async ({ params }, { db }) => {
    const siret = Number(params.siret)
    const [place, marks] = await Promise.all([establishmentPlace(db, siret), readMarks(db, siret)])
    return { place: found(place), marks }
  },
  // Refused rather than answered empty: « no mark » would be false where one may not see it.
  may: (viewer, { place }) => mayReadMark(viewer, place) || 'access/outside-perimeter',
  run: async ({ place, marks }, _input, context) => doNotContactReply(marks, place, context),
})
