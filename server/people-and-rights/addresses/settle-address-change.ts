import * as contract from '../../../contract/people-and-rights/addresses.ts'
import { tellPerson } from '../../notifications/tell.ts'
import { action } from '../../platform/action.ts'
import { found, Refused } from '../../platform/errors.ts'
import { changedMail, refusedMail } from './addresses.mails.ts'
import { mayConfirm, mayRefuse } from './addresses.policy.ts'
import { findChange, settleChange } from './addresses.queries.ts'

/**
 * Confirmed, the account has the new address at once; what the former one received opens nothing any more. Both
 * addresses are told: whoever reads the former one may be the person, whose account is being taken.
 */
export const settleAddressChange = action(contract.settleAddressChange, {
  load: async ({ params }, { db }) => found(await findChange(db, params.changeId)),
  may: (viewer, change, { body }) => (body.outcome === 'confirmed' ? mayConfirm : mayRefuse)(viewer, change),
  run: async (change, { body }, { db, viewer, now, newId }) => {
    const { id, accountId, email, former, askedById } = change
    const reason = body.reason.trim()
    const settled = await settleChange(db, id, body.outcome, reason, viewer.sessionId)
    if (!settled) throw new Refused('address/settled')
    const means = { newId, now }
    if (body.outcome === 'confirmed') {
      await tellPerson(db, changedMail({ accountId }, accountId, reason), means)
      await tellPerson(db, changedMail({ address: former }, accountId, reason), means)
    } else {
      await tellPerson(db, refusedMail(accountId, accountId, reason), means)
      await tellPerson(db, refusedMail(askedById, accountId, reason), means)
    }
    return {
      reply: { outcome: body.outcome, sessionsEnded: settled.sessions },
      audit: [
        {
          action: body.outcome === 'confirmed' ? 'address.changed' : 'address.refused',
          subject: ['account', accountId],
          detail: { change: id, email, former, askedBy: askedById, reason, ...settled },
        },
      ],
    }
  },
})
