import * as contract from '../../../contract/work-with-employers/exchanges.ts'
import { action } from '../../platform/action.ts'
import { found, Refused } from '../../platform/errors.ts'
import { nextActionReply } from './exchange-reply.ts'
import { mayFinish } from './exchanges.policy.ts'
import { finishedEntry } from './next-action-entries.ts'
import { lockNextAction, saveDone } from './next-actions.queries.ts'

export const finishNextAction = action(contract.finishNextAction, {
  load: async ({ params }, { db }) => found(await lockNextAction(db, params.nextActionId)),
  may: (viewer, next) => mayFinish(viewer, next),
  run: async (next, _input, context) => {
    if (next.doneAt) throw new Refused('next-action/already-done')
    await saveDone(context.db, next.id, context.now)
    return {
      reply: nextActionReply({ ...next, doneAt: context.now }, context),
      audit: [finishedEntry(next, null)],
    }
  },
})
