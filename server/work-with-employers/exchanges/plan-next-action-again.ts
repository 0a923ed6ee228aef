import * as contract from '../../../contract/work-with-employers/exchanges.ts'
import { action } from '../../platform/action.ts'
import { found, Refused } from '../../platform/errors.ts'
import { lockUsed } from '../solicitations/solicitations.queries.ts'
import { weighAct } from '../solicitations/weigh-act.ts'
import { activeColleague } from './colleagues.queries.ts'
import { nextActionReply } from './exchange-reply.ts'
import { mayFinish } from './exchanges.policy.ts'
import { plannedAgainEntries } from './next-action-entries.ts'
import { lockNextAction, nextActionById, savePlan } from './next-actions.queries.ts'

export const planNextActionAgain = action(contract.planNextActionAgain, {
  load: async ({ params, body: { ownerId, dueOn } }, { db, today }) => {
    // The budget, then the action: in that order, moving, taking and recording never wait for each other in a ring.
    const { siret } = found(await nextActionById(db, params.nextActionId))
    const used = await lockUsed(db, siret, dueOn)
    const next = found(await lockNextAction(db, params.nextActionId))
    // Who was charged of it stays so, even gone elsewhere since: that is no choice of this act.
    const handed = ownerId !== next.ownerId
    return {
      next,
      used,
      owner: handed ? ((await activeColleague(db, ownerId, next.siret, today)) ?? ('unknown' as const)) : null,
    }
  },
  may: (viewer, { next }) => mayFinish(viewer, next),
  run: async ({ next: before, owner, used }, { body: { beyondBudget: reason, ...plan }, ifMatch }, context) => {
    if (before.doneAt) throw new Refused('next-action/already-done')
    if (ifMatch !== before.version)
      throw new Refused('request/changed-meanwhile', { current: nextActionReply(before, context) })
    if (owner === 'unknown') throw new Refused('account/unknown')
    if (owner && !owner.works) throw new Refused('next-action/owner-elsewhere')
    // As when it was first planned: the day one left may be past, and undoing goes back to it.
    if (plan.dueOn < before.occurredOn) throw new Refused('exchange/next-action-in-past')
    await savePlan(context.db, before, plan)
    const after = found(await nextActionById(context.db, before.id))
    const beyond = await weighAct(
      { siret: before.siret, place: before, onDay: plan.dueOn, before: used, reason, of: { nextActionId: before.id } },
      context,
    )
    const [first, ...others] = plannedAgainEntries(before, after)
    return { reply: nextActionReply(after, context), audit: [first, ...others, ...beyond] }
  },
})
