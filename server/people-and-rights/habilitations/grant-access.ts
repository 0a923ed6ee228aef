import * as contract from '../../../contract/people-and-rights/habilitations.ts'
import { action } from '../../platform/action.ts'
import { found } from '../../platform/errors.ts'
import { decideGrant } from './decide-grant.ts'
import { mayDecide } from './habilitations.policy.ts'
import { lockPerson } from './people.queries.ts'
import { personNow } from './person-reply.ts'

export const grantAccess = action(contract.grantAccess, {
  load: async ({ params }, { db }) => found(await lockPerson(db, params.accountId)),
  may: (viewer, person) => mayDecide(viewer, person),
  run: async (person, { body }, context) => {
    const { entry, told } = await decideGrant(person, body, null, context)
    return { reply: { ...(await personNow(context, person.id)), told }, audit: [entry] }
  },
})
