import * as contract from '../../../contract/people-and-rights/grants.ts'
import { action } from '../../platform/action.ts'
import { found } from '../../platform/errors.ts'
import { mayDecide } from '../accounts/accounts.policy.ts'
import { correcting } from '../anomalies/correcting.ts'
import { lockPerson } from '../people/people.queries.ts'
import { personNow } from '../people/person-reply.ts'
import { decideGrant } from './decide-grant.ts'

export const grantAccess = action(contract.grantAccess, {
  load: async ({ params }, { db }) => found(await lockPerson(db, params.accountId)),
  may: (viewer, person) => mayDecide(viewer, person),
  run: async (person, { body }, context) => {
    const { entry, told } = await correcting(context, [person.id], during => decideGrant(person, body, null, during))
    return { reply: { ...(await personNow(context, person.id)), told }, audit: [entry] }
  },
})
