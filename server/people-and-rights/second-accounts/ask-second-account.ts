import * as contract from '../../../contract/people-and-rights/second-accounts.ts'
import { action } from '../../platform/action.ts'
import { Refused } from '../../platform/errors.ts'
import { askShare } from './second-accounts.queries.ts'

/**
 * The worker tells the person: this session learns nothing of them. The trail of the asking structure names neither the
 * account nor its structure.
 */
export const askSecondAccount = action(contract.askSecondAccount, {
  load: async () => null,
  may: () => true, // the role is asked by the route, and again by the database
  run: async (_none, { body }, { db, newId }) => {
    const [id, reason] = [newId(), body.reason.trim()]
    const refused = await askShare(db, {
      id,
      email: body.email.toLowerCase(),
      givenName: body.givenName.trim(),
      familyName: body.familyName.trim(),
      reason,
    })
    if (refused) throw new Refused(refused)
    return {
      reply: { id },
      audit: [{ action: 'second-account.asked', subject: ['second-account', id], detail: { reason } }],
    }
  },
})
