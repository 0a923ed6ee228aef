import * as contract from '../../../contract/agreement/awareness.ts'
import { action } from '../../platform/action.ts'
import { maySetPolicy } from './awareness.policy.ts'
import { awarenessCuts, insertAwarenessPolicy } from './awareness.queries.ts'

export const setAwarenessPolicy = action(contract.setAwarenessPolicy, {
  load: (_input, { db }) => awarenessCuts(db),
  may: maySetPolicy,
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
