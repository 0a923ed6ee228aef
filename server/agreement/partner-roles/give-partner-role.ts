import * as contract from '../../../contract/agreement/partner-roles.ts'
import { action } from '../../platform/action.ts'
import { found, Refused } from '../../platform/errors.ts'
import { addDays, endOfDay } from '../../platform/time.ts'
import { wrongDays } from './partner-role-rules.ts'
import { tellOfRole } from './partner-roles.mails.ts'
import { mayGivePartnerRole } from './partner-roles.policy.ts'
import { findTaker, giveRole } from './partner-roles.queries.ts'

const french = (day: string) => day.split('-').reverse().join('/')

/** AGR-16: in effect at the next request of that person, or on its first day. */
export const givePartnerRole = action(contract.givePartnerRole, {
  load: async ({ body }, { db }) => found(await findTaker(db, body.accountId)),
  may: (viewer, taker, { body }) => mayGivePartnerRole(viewer, body.role, taker),
  run: async (taker, { body }, { db, newId, now, today, viewer }) => {
    const wrong = wrongDays(body, today)
    if (wrong) throw new Refused(wrong)
    const { role, startsOn = today, endsOn } = body
    const reason = body.reason.trim()
    const id = newId()
    const outcome = await giveRole(db, {
      id,
      accountId: taker.id,
      role,
      startsAt: startsOn > today ? endOfDay(addDays(startsOn, -1)) : null,
      endsAt: endsOn === undefined ? null : endOfDay(endsOn),
      reason,
    })
    if (outcome !== 'given') throw new Refused(outcome === 'held' ? 'role/held' : 'partner-role/givers-only')
    const when = `à partir du ${french(startsOn)}${endsOn === undefined ? '' : `, jusqu’au ${french(endsOn)}`}`
    const told = await tellOfRole(db, viewer, taker, 'given', { role, reason, when }, { newId, now })
    return {
      reply: { id, told: told.mails },
      audit: [
        {
          action: 'partner-role.given',
          subject: ['account', taker.id],
          detail: { role, startsOn, endsOn: endsOn ?? null, reason, told },
        },
      ],
    }
  },
})
