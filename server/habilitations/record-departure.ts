import * as contract from '../../contract/habilitations.ts'
import { queueMail } from '../notifications/queue-mail.ts'
import { action } from '../platform/action.ts'
import { found, Refused } from '../platform/errors.ts'
import { remindLeaver } from '../portal/remind-leaver.ts'
import { mayDecide } from './habilitations.policy.ts'
import { besidePerson, depart, lockPerson, toldOfExcess } from './people.queries.ts'
import { breachMail, endedForBreachMail } from './person-mails.ts'

/**
 * At once, whatever the cause: account and grants end, sessions are cut, the name gives way to a pseudonym (ACC-6). Who leaves is reminded that confidentiality has no end (PRI-7);
 * the trail holds no name, so that the mapping kept apart is the only one.
 */
export const recordDeparture = action(contract.recordDeparture, {
  load: async ({ params }, { db }) => {
    const person = found(await lockPerson(db, params.accountId))
    return { person, beside: await besidePerson(db, params.accountId) }
  },
  may: (viewer, { person }) => mayDecide(viewer, person),
  run: async ({ person, beside: { email } }, { body }, { db, viewer, now, today, newId }) => {
    if (person.status === 'deleted') throw new Refused('person/gone')
    if (person.roles.some(role => role === 'rgc' || role === 'signataire')) throw new Refused('person/still-manager')
    const reason = body.reason.trim()
    const gone = await depart(db, person.id, body.cause, reason)
    if (email) await remindLeaver(db, { to: { address: email }, accountId: person.id, leavesOn: today }, { newId, now })
    if (email && body.cause === 'breach') await queueMail(db, endedForBreachMail(email, person.id, reason), { newId, now })
    if (body.cause === 'breach') for (const told of await toldOfExcess(db, viewer.accountId)) await queueMail(db, breachMail(told, person.id, viewer.organisationName), { newId, now })
    return {
      reply: { pseudonym: gone.pseudonym, grantsEnded: gone.grants, sessionsEnded: gone.sessions },
      audit: [{ action: body.cause === 'breach' ? 'account.ended-for-breach' : 'account.deleted', subject: ['account', person.id], detail: { cause: body.cause, reason, grants: gone.grants, sessions: gone.sessions } }],
    }
  },
})
