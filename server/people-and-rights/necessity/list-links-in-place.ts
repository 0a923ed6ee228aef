import * as contract from '../../../contract/people-and-rights/necessity.ts'
import { action } from '../../platform/action.ts'
import { found } from '../../platform/errors.ts'
import { waitingLinks } from '../../signing-in/sign-in-help/sign-in-help.queries.ts'
import { waitingReply } from '../../signing-in/sign-in-help/waiting-reply.ts'
import { mayReadLinksInPlace } from './necessity.policy.ts'
import { personInNeed } from './necessity.queries.ts'

/** ACC-10: who came by ProConnect and waits, for whoever answers in the place of account managers. */
export const listLinksInPlace = action(contract.listLinksInPlace, {
  load: async ({ params: { accountId } }, { db }) => {
    const [person, links] = await Promise.all([personInNeed(db, accountId), waitingLinks(db, accountId)])
    return { person: found(person), links }
  },
  may: (viewer, { person }) => mayReadLinksInPlace(viewer, person),
  run: async ({ links }) => ({ items: links.map(waitingReply) }),
})
