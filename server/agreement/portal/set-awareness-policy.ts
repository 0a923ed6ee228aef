import * as contract from '../../../contract/agreement/portal.ts'
import { action } from '../../platform/action.ts'
import { awarenessCuts, insertAwarenessPolicy } from './people.queries.ts'
import { mayPublish } from './portal.policy.ts'

export const setAwarenessPolicy = action(contract.setAwarenessPolicy, {
  load: (_input, { db }) => awarenessCuts(db),
  may: mayPublish,
  run: async (before, { body: { cuts } }, { db, now, viewer }) => {
    await insertAwarenessPolicy(db, { inForceFrom: now, cuts, setBy: viewer.accountId })
    return {
      reply: { cuts, inForceFrom: now.toISOString() },
      audit: [
        { action: 'awareness.policy-set', subject: ['setting', 'awareness'], detail: { from: before, to: cuts } },
      ],
    }
  },
})
