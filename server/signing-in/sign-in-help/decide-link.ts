import * as contract from '../../../contract/signing-in/sign-in-help.ts'
import { action } from '../../platform/action.ts'
import { found } from '../../platform/errors.ts'
import { decidedLink } from './decided-link.ts'
import { firstReason, tellFirstHelp } from './first-help.ts'
import { mayHelp } from './sign-in-help.policy.ts'
import { findPersonToHelp } from './sign-in-help.queries.ts'

/**
 * The viewer says whether the person at ProConnect holds this account (IDN-1). Once confirmed, that identity opens it.
 */
export const decideLink = action(contract.decideLink, {
  load: async ({ params }, { db }) => found(await findPersonToHelp(db, params.accountId)),
  may: (viewer, person) => {
    const may = mayHelp(viewer, person)
    return may === true && person.status !== 'active' ? 'recovery/not-active' : may
  },
  run: async (person, { params, body: { decision, reason: said } }, context) => {
    const reason = firstReason(context.viewer, person, said)
    const entry = await decidedLink(person.accountId, params.linkId, decision, context)
    const what = decision === 'confirmed' ? 'connexion confirmée' : 'connexion refusée'
    const help = await tellFirstHelp(context, person, what, reason)
    return { reply: { decision }, audit: [{ ...entry, detail: { ...(entry.detail as object), ...help } }] }
  },
})
