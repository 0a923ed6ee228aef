import * as contract from '../../../contract/people-and-rights/organisations.ts'
import { action } from '../../platform/action.ts'
import { found, Refused } from '../../platform/errors.ts'
import { closeAgency as close, findAgency, reopenAgency as reopen } from './structure.queries.ts'

/** Once nothing is granted nor asked on it: its past grants keep its name, and nothing is given on it any more. */
export const closeAgency = action(contract.closeAgency, {
  load: async ({ params }, { db }) => found(await findAgency(db, params.agencyId)),
  may: () => true, // the role is asked by the route; the agency is of one's own structure
  run: async ({ id }, { body }, { db }) => {
    const reason = body.reason.trim()
    const refused = await close(db, id, reason)
    if (refused) throw new Refused(refused)
    return {
      reply: found(await findAgency(db, id)),
      audit: [{ action: 'agency.closed', subject: ['agency', id], detail: { reason } }],
    }
  },
})
export const reopenAgency = action(contract.reopenAgency, {
  load: async ({ params }, { db }) => found(await findAgency(db, params.agencyId)),
  may: () => true,
  run: async ({ id }, { body }, { db }) => {
    const refused = await reopen(db, id)
    if (refused) throw new Refused(refused)
    return {
      reply: found(await findAgency(db, id)),
      audit: [{ action: 'agency.reopened', subject: ['agency', id], detail: { reason: body.reason.trim() } }],
    }
  },
})
