import * as contract from '../../../contract/people-and-rights/people.ts'
import { action } from '../../platform/action.ts'
import { found, Refused } from '../../platform/errors.ts'
import { mayDecide } from '../accounts/accounts.policy.ts'
import { correcting } from '../anomalies/correcting.ts'
import * as acts from './acts.ts'
import { lockPerson } from './people.queries.ts'
import { personNow } from './person-reply.ts'

export const suspendPerson = action(contract.suspendPerson, {
  load: async ({ params }, { db }) => found(await lockPerson(db, params.accountId)),
  may: (viewer, person) => mayDecide(viewer, person),
  run: async (person, { body }, context) => {
    if (person.status === 'deleted') throw new Refused('person/gone')
    if (person.status !== 'active') throw new Refused('person/already')
    const entry = await correcting(context, [person.id], during => acts.suspend(person, body.reason.trim(), during))
    return { reply: await personNow(context, person.id), audit: [entry] }
  },
})
