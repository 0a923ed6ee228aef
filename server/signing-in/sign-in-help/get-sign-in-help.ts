import * as contract from '../../../contract/signing-in/sign-in-help.ts'
import { action } from '../../platform/action.ts'
import { found } from '../../platform/errors.ts'
import { helpsFirst, mayHelp, maySeeHelp } from './sign-in-help.policy.ts'
import { findPersonToHelp, waitingLinks } from './sign-in-help.queries.ts'
import { waitingReply } from './waiting-reply.ts'

export const getSignInHelp = action(contract.getSignInHelp, {
  // The rights are read with the person: it waits for the context, which the batch opens first.
  load: async ({ params }, { db }) => {
    const [person, waiting] = await Promise.all([
      findPersonToHelp(db, params.accountId),
      waitingLinks(db, params.accountId),
    ])
    return { person: found(person), waiting }
  },
  may: (viewer, { person }) => maySeeHelp(viewer, person),
  run: async ({ person, waiting }, _input, { viewer }) => {
    const may = mayHelp(viewer, person) === true
    return {
      name: person.name,
      organisationName: person.organisationName,
      own: person.accountId === viewer.accountId,
      secondFactors: person.factors,
      hasPassword: person.hasPassword,
      // Whoever answers in the place of account managers does so of necessity, elsewhere (ACC-10).
      waiting: may ? waiting.map(waitingReply) : [],
      reasonNeeded: helpsFirst(viewer, person),
      allowed: [
        ...(may && person.factors ? ['reset-second-factors' as const] : []),
        ...(may && person.factors === 0 && person.status === 'active' ? ['give-enrolment-code' as const] : []),
        ...(may && person.passwordAllowed && person.status === 'active' ? ['send-password-link' as const] : []),
        ...(may && waiting.length > 0 && person.status === 'active' ? ['decide-link' as const] : []),
      ],
    }
  },
})
