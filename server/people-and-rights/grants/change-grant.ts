import * as contract from '../../../contract/people-and-rights/grants.ts'
import { action } from '../../platform/action.ts'
import { found, Refused } from '../../platform/errors.ts'
import { mayDecide } from '../accounts/accounts.policy.ts'
import { correcting } from '../anomalies/correcting.ts'
import { lockPerson } from '../people/people.queries.ts'
import { personNow } from '../people/person-reply.ts'
import { decideGrant } from './decide-grant.ts'
import { findGrant } from './grants.queries.ts'

export const changeGrant = action(contract.changeGrant, {
  load: async ({ params }, { db }) => {
    const person = found(await lockPerson(db, found(await findGrant(db, params.grantId)).accountId))
    return { person, grant: found(await findGrant(db, params.grantId)) } // read again under the lock
  },
  may: (viewer, { person }) => mayDecide(viewer, person),
  run: async ({ person, grant }, { body }, context) => {
    const { today } = context
    if (grant.revokedAt || (grant.endsOn !== null && grant.endsOn < today)) throw new Refused('grant/over')
    const { entry, told } = await correcting(context, [person.id], during =>
      decideGrant(
        person,
        { ...body, tool: grant.tool, startsOn: [grant.startsOn, today].toSorted().at(-1) },
        grant.id,
        during,
      ),
    )
    return { reply: { ...(await personNow(context, person.id)), told }, audit: [entry] }
  },
})
