import * as contract from '../../../contract/work-with-employers/exchanges.ts'
import { action } from '../../platform/action.ts'
import { found, Refused } from '../../platform/errors.ts'
import { lockUsed } from '../solicitations/solicitations.queries.ts'
import { weighAct } from '../solicitations/weigh-act.ts'
import { activeColleague } from './colleagues.queries.ts'
import { nextActionReply } from './exchange-reply.ts'
import { mayHandOver, mayTakeBack } from './exchanges.policy.ts'
import { plannedAgainEntries } from './next-action-entries.ts'
import { type Handing, handingOf, lockNextAction, nextActionById, savePlan } from './next-actions.queries.ts'
import { noteHandings } from './passing.queries.ts'

/** Whether a plan is what a handing over left: whoever did it takes the action back, and nothing else. */
const givesBack = (plan: Omit<Handing, 'byId'>, handing: Handing | undefined): handing is Handing =>
  handing?.ownerId === plan.ownerId && handing.dueOn === plan.dueOn && handing.dueAt === plan.dueAt

export const planNextActionAgain = action(contract.planNextActionAgain, {
  load: async ({ params: { nextActionId }, body, ifMatch }, { db, today }) => {
    const { ownerId, dueOn } = body
    // The budget, then the action: in that order, moving, taking and recording never wait for each other in a ring.
    const { siret } = found(await nextActionById(db, nextActionId))
    const used = await lockUsed(db, siret, dueOn)
    const next = found(await lockNextAction(db, nextActionId))
    const handing = await handingOf(db, nextActionId, ifMatch!)
    // Who was charged of it already stays so, even gone elsewhere since: that is no choice of this act.
    const handed = ownerId !== next.ownerId
    return {
      next,
      used,
      back: givesBack(body, handing) ? handing : undefined,
      owner: handed ? ((await activeColleague(db, ownerId, next.siret, today)) ?? ('unknown' as const)) : null,
    }
  },
  // Of an action written again since, taking it back meets the version below.
  may: (viewer, { next, back }) => (back ? mayTakeBack(viewer, { ...next, ...back }) : mayHandOver(viewer, next)),
  run: async ({ next: before, owner, used, back }, { body: { beyondBudget: reason, ...plan }, ifMatch }, context) => {
    if (before.doneAt) throw new Refused('next-action/already-done')
    if (ifMatch !== before.version)
      throw new Refused('request/changed-meanwhile', { current: nextActionReply(before, context) })
    if (owner === 'unknown') throw new Refused('account/unknown')
    if (owner && !owner.works) throw new Refused('next-action/owner-elsewhere')
    // As when it was first planned: the day one left may be past, and undoing goes back to it.
    if (plan.dueOn < before.occurredOn) throw new Refused('exchange/next-action-in-past')
    if (owner && !back) await noteHandings(context.db, [before.id], context.now)
    await savePlan(context.db, before, plan)
    const after = found(await nextActionById(context.db, before.id))
    const beyond = await weighAct(
      { siret: before.siret, place: before, onDay: plan.dueOn, before: used, reason, of: { nextActionId: before.id } },
      context,
    )
    const [first, ...others] = plannedAgainEntries(before, after, back !== undefined)
    return { reply: nextActionReply(after, context), audit: [first, ...others, ...beyond] }
  },
})
