import * as contract from '../../contract/recovery.ts'
import { action } from '../platform/action.ts'
import { found } from '../platform/errors.ts'
import { mayHelp } from './recovery.policy.ts'
import { findPersonToHelp } from './recovery.queries.ts'

export const getSignInHelp = action(contract.getSignInHelp, {
  // The rights are read with the person: it waits for the context, which the batch opens first.
  load: async ({ params }, { db }) => found(await findPersonToHelp(db, params.accountId)),
  may: () => true,
  run: async (person, _input, { viewer }) => {
    const may = mayHelp(viewer, person) === true
    return {
      name: person.name, organisationName: person.organisationName, own: person.accountId === viewer.accountId,
      secondFactors: person.factors, hasPassword: person.hasPassword,
      allowed: [...(may && person.factors ? ['reset-second-factors' as const] : []), ...(may && person.factors === 0 && person.status === 'active' ? ['give-enrolment-code' as const] : []), ...(may && person.passwordAllowed && person.status === 'active' ? ['send-password-link' as const] : [])],
    }
  },
})
