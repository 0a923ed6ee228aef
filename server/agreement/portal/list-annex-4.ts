import * as contract from '../../../contract/agreement/portal.ts'
import { action } from '../../platform/action.ts'
import { annexVersions } from './annex.queries.ts'
import { standing } from './conditions-rules.ts'
import { mayPublish } from './portal.policy.ts'
import { annexReply } from './portal-reply.ts'

export const listAnnex4 = action(contract.listAnnex4, {
  load: (_input, { db }) => annexVersions(db),
  may: () => true,
  run: async (versions, _input, { viewer, now }) => ({
    items: standing(versions, now).toReversed().map(annexReply),
    allowed: mayPublish(viewer) === true ? ['publish' as const] : [],
  }),
})
