import * as contract from '../../../contract/people-and-rights/people.ts'
import { tellPerson, tellRoles } from '../../notifications/tell.ts'
import { action } from '../../platform/action.ts'
import { found } from '../../platform/errors.ts'
import { mayDecide } from '../accounts/accounts.policy.ts'
import { endAccount } from './departures.ts'
import { breachNotice, endedForBreachMail } from './people.mails.ts'
import { lockPerson } from './people.queries.ts'

/**
 * At once, whatever the cause: account and grants end, sessions are cut, the name gives way to a pseudonym (ACC-6).
 * What the trail said of the name is erased with it, so that the mapping kept apart is the only one.
 */
export const recordDeparture = action(contract.recordDeparture, {
  load: async ({ params }, { db }) => found(await lockPerson(db, params.accountId)),
  may: (viewer, person) => mayDecide(viewer, person),
  run: async (person, { body }, context) => {
    const { db, viewer, now, newId } = context
    const reason = body.reason.trim()
    const { email, ...gone } = await endAccount(person, body.cause, reason, context)
    if (email && body.cause === 'breach')
      await tellPerson(db, endedForBreachMail(email, person.id, reason), { newId, now })
    const told =
      body.cause === 'breach'
        ? await tellRoles(
            db,
            { organisationId: person.organisationId, but: [viewer.accountId] },
            breachNotice(person.id, viewer.organisationName),
            { newId, now },
          )
        : null
    return {
      reply: { pseudonym: gone.pseudonym, grantsEnded: gone.grants, sessionsEnded: gone.sessions, told },
      audit: [
        {
          action: body.cause === 'breach' ? 'account.ended-for-breach' : 'account.deleted',
          subject: ['account', person.id],
          detail: {
            cause: body.cause,
            reason,
            grants: gone.grants,
            sessions: gone.sessions,
            erased: gone.erased,
            ...(told ? { told } : {}),
          },
        },
      ],
    }
  },
})
