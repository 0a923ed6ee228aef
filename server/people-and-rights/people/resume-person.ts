import * as contract from '../../../contract/people-and-rights/people.ts'
import { tellPerson } from '../../notifications/tell.ts'
import { action } from '../../platform/action.ts'
import { found, Refused } from '../../platform/errors.ts'
import { mayDecide } from '../accounts/accounts.policy.ts'
import { saveStatus } from '../accounts/accounts.queries.ts'
import { correcting } from '../anomalies/correcting.ts'
import { statusMail } from './people.mails.ts'
import { lockPerson } from './people.queries.ts'
import { personNow } from './person-reply.ts'

/** Other obstacles to grants (a contract over, inactivity) remain. */
export const resumePerson = action(contract.resumePerson, {
  load: async ({ params }, { db }) => found(await lockPerson(db, params.accountId)),
  may: (viewer, person) => mayDecide(viewer, person),
  run: async (person, { body }, context) => {
    if (person.status === 'deleted') throw new Refused('person/gone')
    if (person.status !== 'suspended') throw new Refused('person/already')
    const reason = body.reason.trim()
    await correcting(context, [person.id], async ({ db, now, newId }) => {
      await saveStatus(db, person.id, 'active', null)
      await tellPerson(db, statusMail(person.id, 'active', reason), { newId, now })
    })
    return {
      reply: await personNow(context, person.id),
      audit: [{ action: 'account.resumed', subject: ['account', person.id], detail: { reason } }],
    }
  },
})
