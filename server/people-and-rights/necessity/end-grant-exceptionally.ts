import * as contract from '../../../contract/people-and-rights/necessity.ts'
import { action } from '../../platform/action.ts'
import { found, Refused } from '../../platform/errors.ts'
import { mayStandIn } from '../accounts/accounts.policy.ts'
import { correcting } from '../anomalies/correcting.ts'
import * as acts from '../grants/acts.ts'
import { findGrant } from '../grants/grants.queries.ts'
import { exceptionally } from './exceptionally.ts'
import { readsHeld } from './necessity.policy.ts'
import { personInNeed } from './necessity.queries.ts'

export const endGrantExceptionally = action(contract.endGrantExceptionally, {
  load: async ({ params }, { db }) => {
    const grant = found(await findGrant(db, params.grantId))
    return { grant, person: found(await personInNeed(db, grant.accountId)) }
  },
  may: (viewer, { person }) => (readsHeld(viewer, person) ? mayStandIn(viewer, person) : 'not-found'),
  run: async ({ person, grant }, { body }, context) => {
    const { told, marked, reason } = await exceptionally(context, person, 'end-grant', body, grant)
    const entry = await correcting(context, [person.id], during => acts.end(grant, reason, during))
    if (!entry) throw new Refused('grant/over')
    return { reply: { told }, audit: [marked(entry)] }
  },
})
