import * as contract from '../../../contract/signing-in/sign-in-help.ts'
import { action } from '../../platform/action.ts'
import { found } from '../../platform/errors.ts'
import { resetFactorsOf } from './reset-factors-of.ts'
import { mayHelp } from './sign-in-help.policy.ts'
import { findPersonToHelp } from './sign-in-help.queries.ts'

/** The person comes in by their first factor and registers another second one, with the code handed over. */
export const resetSecondFactors = action(contract.resetSecondFactors, {
  load: async ({ params }, { db }) => found(await findPersonToHelp(db, params.accountId)),
  may: (viewer, person) => {
    const may = mayHelp(viewer, person)
    return may === true && person.factors === 0 ? 'recovery/no-factor' : may
  },
  run: async ({ accountId }, { body }, context) => {
    const { reply, entry } = await resetFactorsOf(accountId, body.reason.trim(), context)
    return { reply, audit: [entry] }
  },
})
