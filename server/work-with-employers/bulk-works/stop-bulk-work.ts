import * as contract from '../../../contract/work-with-employers/bulk-works.ts'
import { action } from '../../platform/action.ts'
import { found, Refused } from '../../platform/errors.ts'
import { bulkWorkReply } from './bulk-work-reply.ts'
import { mayReadWork } from './bulk-works.policy.ts'
import { stopWork, workById } from './bulk-works.queries.ts'
import { subjectOf } from './load-work.ts'
import { tellOwnMoves } from './tell-work.ts'

/** After the part under way. Whoever lost the right that it asks may still stop their own. */
export const stopBulkWork = action(contract.stopBulkWork, {
  load: async ({ params: { workId } }, { db }) => found(await workById(db, workId)),
  may: (viewer, work) => mayReadWork(viewer, work),
  run: async (work, _input, { db, now, newId }) => {
    if (!(await stopWork(db, work.id, now))) throw new Refused('bulk-work/not-running')
    await tellOwnMoves(db, work.id, { newId, now })
    const stopped = found(await workById(db, work.id))
    const { toDo, done, undone } = stopped
    return {
      reply: bulkWorkReply(stopped),
      audit: [
        {
          action: 'bulk-work.stopped',
          subject: subjectOf(work),
          detail: { work: work.id, stoppedFor: 'asked', toDo, done, undone },
        },
      ],
    }
  },
})
