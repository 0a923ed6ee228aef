import * as contract from '../../../contract/people-and-rights/releases.ts'
import { action } from '../../platform/action.ts'
import { Refused } from '../../platform/errors.ts'
import { askRelease } from './releases.queries.ts'

/**
 * The worker tells the other side: this session learns nothing of it. The trail of the asking structure names neither
 * the account nor its structure.
 */
export const askAddressRelease = action(contract.askAddressRelease, {
  load: async () => null,
  may: () => true, // the role is asked by the route, and again by the database
  run: async (_none, { body }, { db, newId }) => {
    const [id, reason] = [newId(), body.reason.trim()]
    const refused = await askRelease(db, {
      id,
      email: body.email.toLowerCase(),
      givenName: body.givenName.trim(),
      familyName: body.familyName.trim(),
      reason,
    })
    if (refused) throw new Refused(refused)
    return { reply: { id }, audit: [{ action: 'release.asked', subject: ['address-release', id], detail: { reason } }] }
  },
})
