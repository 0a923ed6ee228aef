import * as contract from '../../../contract/work-with-employers/bulk-works.ts'
import { action } from '../../platform/action.ts'
import { Refused } from '../../platform/errors.ts'
import { mayBeUndone } from './bulk-work-rules.ts'
import { mayGoOn } from './bulk-works.policy.ts'
import { checkWork, loadWork, subjectOf } from './load-work.ts'
import { startWork } from './start-work.ts'

/** Every target or action that nobody changed since goes back to what it was; the others stay, and are listed. */
export const undoBulkWork = action(contract.undoBulkWork, {
  load: ({ params: { workId } }, { db }) => loadWork(db, workId),
  may: (viewer, loaded) => mayGoOn(viewer, loaded),
  run: async ({ work, campaign }, _input, context) => {
    checkWork({ work, campaign }, true, context.today)
    if (!mayBeUndone(work.state, work.done)) throw new Refused('bulk-work/not-done')
    const { reply, detail } = await startWork(work, { undo: true }, 'bulk-work/not-done', context)
    return { reply, audit: [{ action: 'bulk-work.undo-asked', subject: subjectOf(work), detail }] }
  },
})
