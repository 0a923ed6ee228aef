import * as contract from '../../../contract/people-and-rights/addresses.ts'
import { tellPerson, tellRoles } from '../../notifications/tell.ts'
import { action } from '../../platform/action.ts'
import { found, Refused } from '../../platform/errors.ts'
import { isSharedMailbox } from '../../platform/nominative-rules.ts'
import { mayDecide } from '../accounts/accounts.policy.ts'
import { lockPerson } from '../people/people.queries.ts'
import { changeReply } from './address-reply.ts'
import { askedMail, waitingNotice } from './addresses.mails.ts'
import { askChange, findChange } from './addresses.queries.ts'

/** Nothing changes yet: the present address is told, and another person confirms. */
export const askAddressChange = action(contract.askAddressChange, {
  load: async ({ params }, { db }) => found(await lockPerson(db, params.accountId)),
  may: (viewer, person) => mayDecide(viewer, person),
  run: async (person, { body }, context) => {
    const { db, viewer, now, newId } = context
    if (person.status === 'deleted') throw new Refused('person/gone')
    if (isSharedMailbox(body.email, person)) throw new Refused('person/shared-mailbox')
    const [id, email, reason] = [newId(), body.email.toLowerCase(), body.reason.trim()]
    const refused = await askChange(db, { id, accountId: person.id, email, reason })
    if (refused) throw new Refused(refused)
    const change = (await findChange(db, id))!
    await tellPerson(db, askedMail(change), { newId, now })
    const told = await tellRoles(
      db,
      { organisationId: person.organisationId, but: [viewer.accountId, person.id] },
      waitingNotice(person.id),
      { newId, now },
    )
    return {
      reply: { change: changeReply(viewer, change), told },
      audit: [
        {
          action: 'address.asked',
          subject: ['account', person.id],
          detail: { change: id, email, former: change.former, newDomain: change.newDomain, reason, told },
        },
      ],
    }
  },
})
