import * as contract from '../../../contract/people-and-rights/grants.ts'
import { action } from '../../platform/action.ts'
import { found, Refused } from '../../platform/errors.ts'
import { mayDecide } from '../accounts/accounts.policy.ts'
import { correcting } from '../anomalies/correcting.ts'
import { lockPerson } from '../people/people.queries.ts'
import { personNow } from '../people/person-reply.ts'
import { decideGrant } from './decide-grant.ts'
import { findGrant, isFollowed } from './grants.queries.ts'

/** The same grant given anew, checked as any: what it rests on may have changed meanwhile (ACC-8). */
export const resumeGrant = action(contract.resumeGrant, {
  load: async ({ params }, { db }) => {
    const person = found(await lockPerson(db, found(await findGrant(db, params.grantId)).accountId))
    const grant = found(await findGrant(db, params.grantId)) // read again under the lock
    return { person, grant, followed: await isFollowed(db, grant) }
  },
  may: (viewer, { person }) => mayDecide(viewer, person),
  run: async ({ person, grant, followed }, { body }, context) => {
    const { today } = context
    if (!grant.suspended || followed || (grant.endsOn !== null && grant.endsOn < today))
      throw new Refused('grant/not-suspended')
    const { tool, profile, purpose, duties, endsOn, territoryId, agencyId } = grant
    const { entry, told } = await correcting(context, [person.id], during =>
      decideGrant(
        person,
        {
          tool,
          profile,
          purpose,
          duties,
          endsOn,
          perimeter: agencyId ? { agencyId } : { territoryId: territoryId! },
          reason: body.reason,
          startsOn: [grant.startsOn, today].toSorted().at(-1),
        },
        null,
        during,
        grant.id,
      ),
    )
    return { reply: { ...(await personNow(context, person.id)), told }, audit: [entry] }
  },
})
