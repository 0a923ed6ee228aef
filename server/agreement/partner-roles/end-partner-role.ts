import * as contract from '../../../contract/agreement/partner-roles.ts'
import { action } from '../../platform/action.ts'
import { found, Refused } from '../../platform/errors.ts'
import { tellOfRole } from './partner-roles.mails.ts'
import { mayEndPartnerRole } from './partner-roles.policy.ts'
import { endRole, findRole } from './partner-roles.queries.ts'

const refusals = { over: 'role/over', refused: 'partner-role/givers-only' } as const

/** At once; one to come never starts. */
export const endPartnerRole = action(contract.endPartnerRole, {
  load: async ({ params }, { db }) => found(await findRole(db, params.roleId)),
  may: (viewer, held) => mayEndPartnerRole(viewer, held),
  run: async (held, { body }, { db, newId, now, viewer }) => {
    const reason = body.reason.trim()
    const outcome = await endRole(db, held.id, reason)
    if (outcome !== 'ended') throw new Refused(refusals[outcome])
    const { role, person } = held
    const told = await tellOfRole(db, viewer, person, 'ended', { role, reason, when: '' }, { newId, now })
    return {
      reply: { id: held.id, told: told.mails },
      audit: [
        {
          action: 'partner-role.ended',
          subject: ['account', held.accountId],
          detail: { role, reason, wasToEnd: held.endsAt?.toISOString() ?? null, told },
        },
      ],
    }
  },
})
