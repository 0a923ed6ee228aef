import * as contract from '../../../contract/people-and-rights/people.ts'
import { tellPerson } from '../../notifications/tell.ts'
import { action } from '../../platform/action.ts'
import { found, Refused } from '../../platform/errors.ts'
import { mayDecide } from '../accounts/accounts.policy.ts'
import { correcting } from '../anomalies/correcting.ts'
import { liftedMail } from './people.mails.ts'
import { lift, lockPerson } from './people.queries.ts'
import { personNow } from './person-reply.ts'

export const liftInactivity = action(contract.liftInactivity, {
  load: async ({ params }, { db }) => found(await lockPerson(db, params.accountId)),
  may: (viewer, person) => mayDecide(viewer, person),
  run: async (person, { body }, context) => {
    if (person.status === 'deleted') throw new Refused('person/gone')
    const reason = body.reason.trim()
    await correcting(context, [person.id], async ({ db, now, newId }) => {
      if (!(await lift(db, person.id, reason))) throw new Refused('person/already')
      await tellPerson(db, liftedMail(person.id, reason), { newId, now })
    })
    return {
      reply: await personNow(context, person.id),
      audit: [{ action: 'account.inactivity-lifted', subject: ['account', person.id], detail: { reason } }],
    }
  },
})
