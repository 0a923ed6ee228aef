import * as contract from '../../../contract/people-and-rights/people.ts'
import { tellPerson } from '../../notifications/tell.ts'
import { action } from '../../platform/action.ts'
import { found, Refused } from '../../platform/errors.ts'
import { mayDecide } from '../accounts/accounts.policy.ts'
import { refuseLastOfficer } from '../accounts/officers.ts'
import { correcting } from '../anomalies/correcting.ts'
import { departureCancelledMail, departureEnteredMail } from './people.mails.ts'
import * as queries from './people.queries.ts'
import { lockPerson } from './people.queries.ts'
import { personNow } from './person-reply.ts'

/**
 * ACC-16: a departure entered ahead. Rights end with the last day, at midnight; the account itself within the hour. Who
 * manages accounts or signs is replaced first, as at any departure.
 */
export const enterDeparture = action(contract.enterDeparture, {
  load: async ({ params }, { db }) => found(await lockPerson(db, params.accountId)),
  may: (viewer, person) => mayDecide(viewer, person),
  run: async (person, { body }, context) => {
    const { db, today, now, newId } = context
    const [id, reason] = [newId(), body.reason.trim()]
    if (person.status === 'deleted') throw new Refused('person/gone')
    if (person.isStillManager || person.roles.includes('signataire')) throw new Refused('person/still-manager')
    if (body.lastDay < today) throw new Refused('person/last-day-passed')
    await refuseLastOfficer(db, person.id, true)
    await correcting(context, [person.id], async () => {
      const { cause, lastDay } = body
      if (!(await queries.enterDeparture(db, { id, accountId: person.id, lastDay, cause, reason })))
        throw new Refused('person/departure-entered')
      await tellPerson(db, departureEnteredMail(person.id, lastDay, reason), { newId, now })
    })
    return {
      reply: await personNow(context, person.id),
      audit: [
        {
          action: 'account.departure-entered',
          subject: ['account', person.id],
          detail: { departure: id, cause: body.cause, lastDay: body.lastDay, reason },
        },
      ],
    }
  },
})

/** Undone before its day: the account has again the end that it had, and nothing was lost. */
export const cancelDeparture = action(contract.cancelDeparture, {
  load: async ({ params }, { db }) => found(await lockPerson(db, params.accountId)),
  may: (viewer, person) => mayDecide(viewer, person),
  run: async (person, { body }, context) => {
    const { db, now, newId } = context
    const reason = body.reason.trim()
    await correcting(context, [person.id], async () => {
      if (!(await queries.cancelDeparture(db, person.id, reason))) throw new Refused('person/no-departure-to-come')
      await tellPerson(db, departureCancelledMail(person.id, reason), { newId, now })
    })
    return {
      reply: await personNow(context, person.id),
      audit: [{ action: 'account.departure-cancelled', subject: ['account', person.id], detail: { reason } }],
    }
  },
})
