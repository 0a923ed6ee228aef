import * as contract from '../../../contract/signing-in/sign-in-help.ts'
import { action } from '../../platform/action.ts'
import { found } from '../../platform/errors.ts'
import { firstReason, tellFirstHelp } from './first-help.ts'
import { passwordLinkFor } from './password-link-for.ts'
import { mayHelp } from './sign-in-help.policy.ts'
import { findPersonToHelp } from './sign-in-help.queries.ts'

export const sendPasswordLink = action(contract.sendPasswordLink, {
  load: async ({ params }, { db }) => found(await findPersonToHelp(db, params.accountId)),
  may: (viewer, person) => {
    const may = mayHelp(viewer, person)
    return may === true && !(person.passwordAllowed && person.status === 'active') ? 'password/not-open' : may
  },
  run: async (person, { body }, context) => {
    const reason = firstReason(context.viewer, person, body.reason)
    const sender = reason === null ? 'le responsable de gestion de comptes de votre structure' : 'l’opérateur'
    const { reply, entry } = await passwordLinkFor(person, sender, context)
    const help = await tellFirstHelp(context, person, 'lien envoyé, pour choisir un mot de passe', reason)
    return { reply, audit: [{ ...entry, detail: { ...(entry.detail as object), ...help } }] }
  },
})
