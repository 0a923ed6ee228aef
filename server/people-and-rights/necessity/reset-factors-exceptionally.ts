import * as contract from '../../../contract/people-and-rights/necessity.ts'
import { action } from '../../platform/action.ts'
import { found, Refused } from '../../platform/errors.ts'
import { resetFactorsOf } from '../../signing-in/sign-in-help/reset-factors-of.ts'
import { mayStandIn } from '../accounts/accounts.policy.ts'
import { exceptionally } from './exceptionally.ts'
import { personInNeed } from './necessity.queries.ts'

/** Also of the signatory, whose signature would name an account manager: else nobody ever could (IDN-6). */
export const resetFactorsExceptionally = action(contract.resetFactorsExceptionally, {
  load: async ({ params }, { db }) => found(await personInNeed(db, params.accountId)),
  may: (viewer, person) => mayStandIn(viewer, person),
  run: async (person, { body }, context) => {
    if (person.status === 'suspended' || person.status === 'blocked') throw new Refused('recovery/not-active')
    const { told, marked, reason } = await exceptionally(context, person, 'reset-second-factors', body)
    const { reply, entry } = await resetFactorsOf(person.id, reason, context)
    return { reply: { ...reply, told }, audit: [marked(entry)] }
  },
})
