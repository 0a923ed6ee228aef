import * as contract from '../../../contract/people-and-rights/roles.ts'
import { action } from '../../platform/action.ts'
import { Refused } from '../../platform/errors.ts'
import { addDays, endOfDay } from '../../platform/time.ts'
import { wrongWith } from './role-rules.ts'
import { mayGiveTo } from './roles.policy.ts'
import { findRegion, findTaker, giveRole } from './roles.queries.ts'
import { tellOfRole } from './tell-of-role.ts'

/** In effect at the next request of that person, or on its first day. */
export const giveOperatorRole = action(contract.giveOperatorRole, {
  load: async ({ body: { accountId, regionId } }, { db }) => {
    const [taker, region] = await Promise.all([
      findTaker(db, accountId),
      regionId === undefined ? undefined : findRegion(db, regionId),
    ])
    if (!taker) throw new Refused('not-found')
    return { taker, region }
  },
  may: (viewer, { taker }) => mayGiveTo(viewer, taker),
  run: async ({ taker, region }, { body }, { db, newId, now, today, viewer }) => {
    const wrong = wrongWith(body, region !== undefined, today)
    if (wrong) throw new Refused(wrong)
    const { role, startsOn = today, endsOn } = body
    const given = {
      id: newId(),
      accountId: taker.id,
      role,
      regionId: body.regionId ?? null,
      startsAt: startsOn > today ? endOfDay(addDays(startsOn, -1)) : null,
      endsAt: endsOn === undefined ? null : endOfDay(endsOn),
      reason: body.reason.trim(),
    }
    const outcome = await giveRole(db, given)
    if (outcome !== 'given') throw new Refused(outcome === 'held' ? 'role/held' : 'access/role-required')
    const said = { role, region: region?.name ?? null, reason: given.reason }
    const told = await tellOfRole(db, viewer.accountId, taker, 'given', { ...said, startsOn, endsOn }, { newId, now })
    return {
      reply: { id: given.id, told: told.mails },
      audit: [
        {
          action: 'role.given',
          subject: ['account', taker.id],
          detail: { role, regionId: given.regionId, startsOn, endsOn: endsOn ?? null, reason: given.reason, told },
        },
      ],
    }
  },
})
