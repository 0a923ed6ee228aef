import * as contract from '../../../contract/people-and-rights/roles.ts'
import { action } from '../../platform/action.ts'
import { Refused } from '../../platform/errors.ts'
import { mayEnd } from './roles.policy.ts'
import { endRole, findRole } from './roles.queries.ts'
import { tellOfRole } from './tell-of-role.ts'

const refusals = { over: 'role/over', refused: 'access/role-required' } as const

/** At once; one to come never starts. The database refuses the last CSSI or administrator, also of two at one instant. */
export const endOperatorRole = action(contract.endOperatorRole, {
  load: async ({ params }, { db }) => {
    const role = await findRole(db, params.roleId)
    if (!role) throw new Refused('not-found')
    return role
  },
  may: (viewer, held) => mayEnd(viewer, held),
  run: async (held, { body }, { db, newId, now, viewer }) => {
    const reason = body.reason.trim()
    const outcome = await endRole(db, held.id, reason)
    if (outcome === 'last')
      throw new Refused(held.role === 'administrateur' ? 'role/last-administrator' : 'security/last-officer')
    if (outcome !== 'ended') throw new Refused(refusals[outcome])
    const { role, regionId, region, person } = held
    const told = await tellOfRole(
      db,
      viewer.accountId,
      person,
      'ended',
      { role, region: region?.name ?? null, reason },
      { newId, now },
    )
    return {
      reply: { id: held.id, told: told.mails },
      audit: [
        {
          action: 'role.ended',
          subject: ['account', held.accountId],
          detail: { role, regionId, reason, wasToEnd: held.endsAt?.toISOString() ?? null, told },
        },
      ],
    }
  },
})
