import * as contract from '../../../contract/people-and-rights/people.ts'
import { tellPerson } from '../../notifications/tell.ts'
import { action } from '../../platform/action.ts'
import { found, Refused } from '../../platform/errors.ts'
import { mayDecide } from '../accounts/accounts.policy.ts'
import { saveStatus } from '../accounts/accounts.queries.ts'
import { statusMail } from './people.mails.ts'
import { endSessionsOf, lockPerson } from './people.queries.ts'
import { personNow } from './person-reply.ts'

/** Cuts at once: the sessions end here, and ctx.enter opens no context of an account that is not active (ACC-12). */
export const suspendPerson = action(contract.suspendPerson, {
  load: async ({ params }, { db }) => found(await lockPerson(db, params.accountId)),
  may: (viewer, person) => mayDecide(viewer, person),
  run: async (person, { body }, context) => {
    const { db, now, newId } = context
    if (person.status === 'deleted') throw new Refused('person/gone')
    if (person.status !== 'active') throw new Refused('person/already')
    await saveStatus(db, person.id, 'suspended', body.reason.trim())
    await endSessionsOf(db, person.id)
    await tellPerson(db, statusMail(person.id, 'suspended', body.reason.trim()), { newId, now })
    return {
      reply: await personNow(context, person.id),
      audit: [{ action: 'account.suspended', subject: ['account', person.id], detail: { reason: body.reason.trim() } }],
    }
  },
})
