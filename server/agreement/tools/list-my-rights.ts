import type { Static } from 'typebox'
import * as contract from '../../../contract/agreement/tools.ts'
import type { TerritoryRef } from '../../../contract/common.ts'
import { action } from '../../platform/action.ts'
import { found } from '../../platform/errors.ts'
import { mayFollowAwareness } from '../awareness/awareness.policy.ts'
import { awarenessCuts, ownAwareness } from '../awareness/awareness.queries.ts'
import { ownHeldRights, ownHolders } from './my-rights.queries.ts'

export const listMyRights = action(contract.listMyRights, {
  load: async (_input, { db }) => {
    const [held, accountManagers, trainingLeads, awareness, cuts] = await Promise.all([
      ownHeldRights(db),
      ownHolders(db, 'rgc'),
      ownHolders(db, 'responsable-formation'),
      ownAwareness(db),
      awarenessCuts(db),
    ])
    return { held, accountManagers, trainingLeads, awareness: found(awareness), cuts }
  },
  may: () => true,
  run: async ({ held, accountManagers, trainingLeads, awareness, cuts }, _input, { viewer }) => ({
    items: held.map(({ id, kind, code, name, tool, profile, reason, startsOn, endsOn, missing }) => ({
      tool,
      profile,
      territory: { id, kind, code, name } as Static<typeof TerritoryRef>,
      reason,
      since: startsOn,
      until: endsOn,
      missing: [...missing],
    })),
    accountManagers: [...accountManagers],
    trainingLeads: [...trainingLeads],
    awareness: { lastOn: awareness.lastOn, dueOn: awareness.dueOn, cuts },
    allowed: mayFollowAwareness(viewer) === true ? ['follow-awareness' as const] : [],
  }),
})
