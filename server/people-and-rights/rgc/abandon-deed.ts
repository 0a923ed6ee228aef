import * as contract from '../../../contract/people-and-rights/rgc.ts'
import { action } from '../../platform/action.ts'
import { found, Refused } from '../../platform/errors.ts'
import { deedReply } from './deed-reply.ts'
import { mayPropose } from './rgc.policy.ts'
import { abandonUnsent, clockOf, deedById } from './rgc.queries.ts'

export const abandonDeed = action(contract.abandonDeed, {
  load: async ({ params }, { db }) => {
    const [at, deed] = await Promise.all([clockOf(db), deedById(db, params.deedId)])
    return { at, deed: found(deed) }
  },
  may: (viewer, { deed }) => (deed.organisation.id === viewer.organisationId ? mayPropose(viewer) : 'rgc/partner-only'),
  run: async ({ at, deed }, _input, { db, viewer }) => {
    if ((await abandonUnsent(db, at, deed.id)) === 0) throw new Refused('rgc/deed-closed')
    return {
      reply: deedReply(viewer, (await deedById(db, deed.id))!, at),
      audit: [{ action: 'rgc-deed.abandoned', subject: ['rgc-deed', deed.id] }],
    }
  },
})
