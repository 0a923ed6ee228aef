import * as contract from '../../../contract/people-and-rights/habilitations.ts'
import { tellPerson } from '../../notifications/tell.ts'
import { action } from '../../platform/action.ts'
import { found, Refused } from '../../platform/errors.ts'
import { saveStatus } from '../organisations/accounts.queries.ts'
import { mayDecide } from './habilitations.policy.ts'
import { lockPerson } from './people.queries.ts'
import { statusMail } from './person-mails.ts'
import { personNow } from './person-reply.ts'

/** What keeps grants from opening anything else (a contract over, inactivity) still does. */
export const resumePerson = action(contract.resumePerson, {
  load: async ({ params }, { db }) => found(await lockPerson(db, params.accountId)),
  may: (viewer, person) => mayDecide(viewer, person),
  run: async (person, { body }, context) => {
    const { db, now, newId } = context
    if (person.status === 'deleted') throw new Refused('person/gone')
    if (person.status !== 'suspended') throw new Refused('person/already')
    await saveStatus(db, person.id, 'active', null)
    await tellPerson(db, statusMail(person.id, 'active', body.reason.trim()), { newId, now })
    return {
      reply: await personNow(context, person.id),
      audit: [{ action: 'account.resumed', subject: ['account', person.id], detail: { reason: body.reason.trim() } }],
    }
  },
})
