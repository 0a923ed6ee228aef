import * as contract from '../../../contract/agreement/tools.ts'
import { action } from '../../platform/action.ts'
import { insertToolState, toolStates } from './annex.queries.ts'
import { mayRecordState } from './tools.policy.ts'
import { stateReply } from './tools-reply.ts'

export const recordToolState = action(contract.recordToolState, {
  load: (_input, { db }) => toolStates(db),
  may: mayRecordState,
  run: async (states, { params: { tool }, body: { state, message } }, { db, newId, now, viewer }) => {
    const id = newId()
    const before = states.find(s => s.tool === tool)
    await insertToolState(db, {
      id,
      tool,
      state,
      message: message.trim(),
      recordedBy: viewer.accountId,
      recordedAt: now,
    })
    const since = before?.state === state ? before.since : now
    return {
      reply: stateReply({ tool, state, message: message.trim(), since, recordedAt: now }),
      audit: [
        {
          action: 'tool.state-recorded',
          subject: ['tool', tool],
          detail: { from: before?.state ?? null, to: state, message },
        },
      ],
    }
  },
})
