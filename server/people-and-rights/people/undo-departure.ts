import * as contract from '../../../contract/people-and-rights/people.ts'
import { tellPerson } from '../../notifications/tell.ts'
import { action } from '../../platform/action.ts'
import { found, Refused } from '../../platform/errors.ts'
import { mayDecide } from '../accounts/accounts.policy.ts'
import { correcting } from '../anomalies/correcting.ts'
import { restoredMail } from './people.mails.ts'
import { lockPerson, undo } from './people.queries.ts'
import { personNow } from './person-reply.ts'

/**
 * A departure recorded on the wrong person (ACC-16): name, address and account come back within thirty days. Its grants
 * wait, each to be given back as any; who comes in, and how, is proven again.
 */
export const undoDeparture = action(contract.undoDeparture, {
  load: async ({ params }, { db }) => found(await lockPerson(db, params.accountId)),
  may: (viewer, person) => mayDecide(viewer, person),
  run: async (person, { body }, context) => {
    const { db, newId, now } = context
    const reason = body.reason.trim()
    const undone = await correcting(context, [person.id], async () => {
      const answer = await undo(db, person.id)
      if (answer.refused !== undefined) throw new Refused(answer.refused)
      await tellPerson(db, restoredMail(person.id), { newId, now })
      return answer
    })
    return {
      reply: await personNow(context, person.id),
      audit: [
        {
          action: 'account.departure-undone',
          subject: ['account', person.id],
          detail: { reason, grants: undone.grants, days: undone.days },
        },
      ],
    }
  },
})
