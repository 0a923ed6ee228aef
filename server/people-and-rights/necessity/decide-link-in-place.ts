import * as contract from '../../../contract/people-and-rights/necessity.ts'
import { action } from '../../platform/action.ts'
import { found, Refused } from '../../platform/errors.ts'
import { decidedLink } from '../../signing-in/sign-in-help/decided-link.ts'
import { mayStandIn } from '../accounts/accounts.policy.ts'
import { exceptionally } from './exceptionally.ts'
import { personInNeed } from './necessity.queries.ts'

/** ACC-10, ACC-16: with no account manager, a colleague who came by ProConnect would wait for ever. */
export const decideLinkInPlace = action(contract.decideLinkInPlace, {
  load: async ({ params }, { db }) => found(await personInNeed(db, params.accountId)),
  may: (viewer, person) => mayStandIn(viewer, person),
  run: async (person, { params, body: { decision, ...why } }, context) => {
    if (person.status === 'suspended' || person.status === 'blocked') throw new Refused('recovery/not-active')
    const { told, marked } = await exceptionally(context, person, 'decide-link', why)
    const entry = await decidedLink(person.id, params.linkId, decision, context)
    return {
      reply: { decision, told },
      audit: [marked({ ...entry, detail: { ...(entry.detail as object), decision } })],
    }
  },
})
