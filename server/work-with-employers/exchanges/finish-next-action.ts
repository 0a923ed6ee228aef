import * as contract from '../../../contract/work-with-employers/exchanges.ts'
import { action } from '../../platform/action.ts'
import { found, Refused } from '../../platform/errors.ts'
import { nextActionReply } from './exchange-reply.ts'
import { mayFinish } from './exchanges.policy.ts'
import { lockNextAction, saveDone } from './next-actions.queries.ts'

export const finishNextAction = action(contract.finishNextAction, {
  load: async ({ params }, { db }) => found(await lockNextAction(db, params.nextActionId)),
  may: (viewer, next) => mayFinish(viewer, next),
  run: async (next, _input, context) => {
    if (next.doneAt) throw new Refused('next-action/already-done')
    await saveDone(context.db, next.id, context.now)
    return {
      reply: nextActionReply({ ...next, doneAt: context.now }, context),
      audit: [
        {
          action: 'next-action.finished',
          subject: ['next-action', next.id],
          detail: {
            exchangeId: next.exchangeId,
            siret: next.siret,
            kind: next.kind,
            dueOn: next.dueOn,
            ownerId: next.ownerId,
          },
        },
      ],
    }
  },
})
