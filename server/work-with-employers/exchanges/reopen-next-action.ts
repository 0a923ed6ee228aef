import * as contract from '../../../contract/work-with-employers/exchanges.ts'
import { action } from '../../platform/action.ts'
import { found, Refused } from '../../platform/errors.ts'
import { nextActionReply } from './exchange-reply.ts'
import { mayFinish } from './exchanges.policy.ts'
import { reopenedEntry } from './next-action-entries.ts'
import { lockNextAction, saveToDo } from './next-actions.queries.ts'

export const reopenNextAction = action(contract.reopenNextAction, {
  load: async ({ params }, { db }) => found(await lockNextAction(db, params.nextActionId)),
  may: (viewer, next) => mayFinish(viewer, next),
  run: async (next, _input, context) => {
    if (!next.doneAt) throw new Refused('next-action/not-done')
    if (next.answeredBy) throw new Refused('next-action/answered')
    await saveToDo(context.db, next.id)
    return { reply: nextActionReply({ ...next, doneAt: null }, context), audit: [reopenedEntry(next, null)] }
  },
})
