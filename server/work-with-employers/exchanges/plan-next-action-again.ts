import * as contract from '../../../contract/work-with-employers/exchanges.ts'
import { action } from '../../platform/action.ts'
import { found, Refused } from '../../platform/errors.ts'
import { activeColleague } from './colleagues.queries.ts'
import { nextActionReply } from './exchange-reply.ts'
import { mayFinish } from './exchanges.policy.ts'
import { plannedAgainEntries } from './next-action-entries.ts'
import { lockNextAction, nextActionById, savePlan } from './next-actions.queries.ts'

export const planNextActionAgain = action(contract.planNextActionAgain, {
  load: async ({ params, body: { ownerId } }, { db, today }) => {
    const next = found(await lockNextAction(db, params.nextActionId))
    // Who was charged of it stays so, even gone elsewhere since: that is no choice of this act.
    const handed = ownerId !== next.ownerId
    return {
      next,
      owner: handed ? ((await activeColleague(db, ownerId, next.siret, today)) ?? ('unknown' as const)) : null,
    }
  },
  may: (viewer, { next }) => mayFinish(viewer, next),
  run: async ({ next: before, owner }, { body: plan, ifMatch }, context) => {
    if (before.doneAt) throw new Refused('next-action/already-done')
    if (ifMatch !== before.version)
      throw new Refused('request/changed-meanwhile', { current: nextActionReply(before, context) })
    if (owner === 'unknown') throw new Refused('account/unknown')
    if (owner && !owner.works) throw new Refused('next-action/owner-elsewhere')
    // As when it was first planned: the day one left may be past, and undoing goes back to it.
    if (plan.dueOn < before.occurredOn) throw new Refused('exchange/next-action-in-past')
    await savePlan(context.db, before, plan)
    const after = found(await nextActionById(context.db, before.id))
    return { reply: nextActionReply(after, context), audit: plannedAgainEntries(before, after) }
  },
})
