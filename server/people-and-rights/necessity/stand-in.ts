import * as contract from '../../../contract/people-and-rights/necessity.ts'
import { action, type Entry } from '../../platform/action.ts'
import { found, Refused } from '../../platform/errors.ts'
import { mayStandIn } from '../accounts/accounts.policy.ts'
import { type Correcting, correcting } from '../anomalies/correcting.ts'
import * as acts from '../people/acts.ts'
import { exceptionally } from './exceptionally.ts'
import { type InNeed, personInNeed } from './necessity.queries.ts'

type Act = 'suspend' | 'resume' | 'lift' | 'depart'
interface Done {
  readonly entry: Entry
  readonly pseudonym?: string
}
const doIt: Readonly<Record<Act, (person: InNeed, reason: string, during: Correcting) => Promise<Done>>> = {
  suspend: async (person, reason, during) => {
    if (person.status !== 'active') throw new Refused('person/already')
    return { entry: await acts.suspend(person, reason, during) }
  },
  resume: async ({ id, status }, reason, during) => {
    if (status !== 'suspended') throw new Refused('person/already')
    return { entry: await acts.resume(id, reason, during) }
  },
  lift: async ({ id }, reason, during) => ({ entry: await acts.lift(id, reason, during) }),
  depart: async (person, reason, during) => {
    const { entry, gone } = await acts.end(person, 'departure', reason, during, person.email)
    return { entry, pseudonym: gone.pseudonym }
  },
}

/** ACC-10: when no account manager can, the signatory or the security officer does what cannot wait for one. */
export const standIn = action(contract.standIn, {
  load: async ({ params }, { db }) => found(await personInNeed(db, params.accountId)),
  may: (viewer, person) => mayStandIn(viewer, person),
  run: async ({ id }, { body: { act, ...why } }, context) => {
    const { db } = context
    const before = found(await personInNeed(db, id))
    const { told, marked, reason } = await exceptionally(context, before, act, why)
    const person = found(await personInNeed(db, id)) // read again under the lock
    const { entry, pseudonym = null } = await correcting(context, [id], during => doIt[act](person, reason, during))
    return { reply: { told, pseudonym }, audit: [marked(entry)] }
  },
})
