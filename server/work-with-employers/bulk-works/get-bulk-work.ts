import * as contract from '../../../contract/work-with-employers/bulk-works.ts'
import { action } from '../../platform/action.ts'
import { found } from '../../platform/errors.ts'
import { bulkWorkReply } from './bulk-work-reply.ts'
import { mayReadWork } from './bulk-works.policy.ts'
import { countLeft, leftItems, workById } from './bulk-works.queries.ts'

export const getBulkWork = action(contract.getBulkWork, {
  load: async ({ params: { workId } }, { db, today }) => {
    const [work, left, items] = await Promise.all([
      workById(db, workId),
      countLeft(db, workId),
      leftItems(db, workId, today),
    ])
    return { work: found(work), left, items }
  },
  may: (viewer, { work }) => mayReadWork(viewer, work),
  run: async ({ work, left, items }) => ({
    ...bulkWorkReply(work),
    left,
    leftItems: items.map(({ establishment, because }) => ({ establishment, because })),
  }),
})
