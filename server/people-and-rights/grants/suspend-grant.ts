import * as contract from '../../../contract/people-and-rights/grants.ts'
import { action } from '../../platform/action.ts'
import { found, Refused } from '../../platform/errors.ts'
import { mayDecide } from '../accounts/accounts.policy.ts'
import { correcting } from '../anomalies/correcting.ts'
import { lockPerson } from '../people/people.queries.ts'
import { personNow } from '../people/person-reply.ts'
import * as acts from './acts.ts'
import { findGrant } from './grants.queries.ts'

/** ACC-8: one grant alone, outside the review too. */
export const suspendGrant = action(contract.suspendGrant, {
  load: async ({ params }, { db }) => {
    const person = found(await lockPerson(db, found(await findGrant(db, params.grantId)).accountId))
    return { person, grant: found(await findGrant(db, params.grantId)) }
  },
  may: (viewer, { person }) => mayDecide(viewer, person),
  run: async ({ person, grant }, { body }, context) => {
    if (grant.endsOn !== null && grant.endsOn < context.today) throw new Refused('grant/over')
    const entry = await correcting(context, [person.id], during => acts.suspend(grant, body.reason.trim(), during))
    if (!entry) throw new Refused('grant/over')
    return { reply: await personNow(context, person.id), audit: [entry] }
  },
})
