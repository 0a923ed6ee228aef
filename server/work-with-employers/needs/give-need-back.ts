import * as contract from '../../../contract/work-with-employers/needs.ts'
import { action } from '../../platform/action.ts'
import { found } from '../../platform/errors.ts'
import { moved } from './moving.ts'
import { needReply } from './need-reply.ts'
import { mayActOnNeed } from './needs.policy.ts'
import { needById } from './needs.queries.ts'

/** It is open again, for others; kept to its structure, it is no longer read by who gives it back. */
export const giveNeedBack = action(contract.giveNeedBack, {
  load: async ({ params, body: { unreachable } }, { db }) => ({
    need: found(await needById(db, params.needId)),
    act: unreachable ? ('unreachable' as const) : ('give-back' as const),
  }),
  may: (viewer, { need, act }) => mayActOnNeed(viewer, need, act),
  run: async ({ need, act }, { body: { reason } }, context) => {
    const audit = await moved(need, act, { reason: reason.trim() }, context)
    const after = await needById(context.db, need.id)
    return { reply: { need: after ? await needReply(after, context) : null }, audit }
  },
})
