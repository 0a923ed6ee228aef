import * as contract from '../../../contract/people-and-rights/necessity.ts'
import { action } from '../../platform/action.ts'
import { found, Refused } from '../../platform/errors.ts'
import { passwordLinkFor } from '../../signing-in/sign-in-help/password-link-for.ts'
import { mayStandIn } from '../accounts/accounts.policy.ts'
import { exceptionally } from './exceptionally.ts'
import { personInNeed } from './necessity.queries.ts'

/** ACC-10, IDN-3: with no account manager, whoever signs in by password could neither choose one nor change it. */
export const sendPasswordLinkInPlace = action(contract.sendPasswordLinkInPlace, {
  load: async ({ params }, { db }) => found(await personInNeed(db, params.accountId)),
  may: (viewer, person) => mayStandIn(viewer, person),
  run: async (person, { body }, context) => {
    const inactive = person.status === 'suspended' || person.status === 'blocked'
    if (inactive || !person.passwordAllowed) throw new Refused('password/not-open')
    const { told, marked } = await exceptionally(context, person, 'send-password-link', body)
    const own = person.organisationId === context.viewer.organisationId
    const { reply, entry } = await passwordLinkFor(
      { accountId: person.id, hasPassword: person.hasPassword },
      own ? 'le signataire de votre structure' : 'l’opérateur',
      context,
    )
    return { reply: { ...reply, told }, audit: [marked(entry)] }
  },
})
