import * as contract from '../../../contract/people-and-rights/people.ts'
import { action } from '../../platform/action.ts'
import { found } from '../../platform/errors.ts'
import { mayDecide } from '../accounts/accounts.policy.ts'
import { correcting } from '../anomalies/correcting.ts'
import * as acts from './acts.ts'
import { lockPerson } from './people.queries.ts'

/**
 * A departure acts at once, whatever its cause. Account and grants end, sessions are cut, a pseudonym replaces the name
 * (ACC-6).
 * The trail loses the name too: only the mapping kept apart still holds it.
 */
export const recordDeparture = action(contract.recordDeparture, {
  load: async ({ params }, { db }) => found(await lockPerson(db, params.accountId)),
  may: (viewer, person) => mayDecide(viewer, person),
  run: async (person, { body }, context) => {
    const { gone, told, entry } = await correcting(context, [person.id], during =>
      acts.end(person, body.cause, body.reason.trim(), during),
    )
    return {
      reply: { pseudonym: gone.pseudonym, grantsEnded: gone.grants, sessionsEnded: gone.sessions, told },
      audit: [entry],
    }
  },
})
