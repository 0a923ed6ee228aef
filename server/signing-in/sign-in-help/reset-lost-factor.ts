import * as contract from '../../../contract/signing-in/sign-in-help.ts'
import { action } from '../../platform/action.ts'
import { found } from '../../platform/errors.ts'
import { firstReason, tellFirstHelp } from './first-help.ts'
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
  run: async (person, { body }, context) => {
    const reason = firstReason(context.viewer, person, body.reason)
    const { reply, entry } = await resetFactorsOf(person.accountId, body.reason.trim(), context)
    const help = await tellFirstHelp(context, person, 'second facteur réinitialisé', reason)
    return { reply, audit: [{ ...entry, detail: { ...(entry.detail as object), ...help } }] }
  },
})
