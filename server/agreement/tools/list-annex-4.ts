import * as contract from '../../../contract/agreement/tools.ts'
import { action } from '../../platform/action.ts'
import { standing } from '../texts/conditions-rules.ts'
import { annexVersions } from './annex.queries.ts'
import { cancelRefusal } from './annex-rules.ts'
import { mayPublishAnnex } from './tools.policy.ts'
import { annexReply } from './tools-reply.ts'

export const listAnnex4 = action(contract.listAnnex4, {
  load: (_input, { db }) => annexVersions(db),
  may: () => true,
  run: async (versions, _input, { viewer, now }) => {
    const publishes = mayPublishAnnex(viewer) === true
    return {
      items: standing(versions, now)
        .toReversed()
        .map(one => annexReply(one, publishes && cancelRefusal(one.version, versions, now) === null)),
      allowed: publishes ? ['publish' as const] : [],
    }
  },
})
