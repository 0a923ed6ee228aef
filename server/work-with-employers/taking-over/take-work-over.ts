import * as contract from '../../../contract/work-with-employers/taking-over.ts'
import { tellPerson } from '../../notifications/tell.ts'
import { action, type Context, type Entry } from '../../platform/action.ts'
import { found, Refused } from '../../platform/errors.ts'
import { tookOver } from '../../territory-and-register/territories/task-forces.queries.ts'
import { passTargets } from '../campaigns/campaign-writes.queries.ts'
import { adoptActions, noteHandings, type Passed, passActions } from '../exchanges/passing.queries.ts'
import { type Adopted, adoptTaskForces } from './adopt-task-forces.ts'
import { type Adopted as AdoptedCampaigns, adoptCampaigns, handCampaigns } from './hand-campaigns.ts'
import { handedNeeds } from './hand-needs.ts'
import {
  type Choice,
  campaignsOfActions,
  countWaiting,
  lockWaitingActions,
  lockWaitingTargets,
  taskForcesOf,
  waitingCampaigns,
  waitingPilotings,
  waitingTaskForces,
} from './take-over.queries.ts'
import { handedWorkMail, takenWhileAwayMail } from './taking-over.mails.ts'
import { nameOf, type Reach, reachOf } from './waiting-work.queries.ts'

/**
 * All of it or some parts, in one step, for oneself or a colleague. What the recipient may not work on stays, and is
 * counted. Two who take at once: the second finds nothing left.
 */
export const takeWorkOver = action(contract.takeWorkOver, {
  load: async ({ body }, { db, today }) => {
    const [asked, to, from] = await Promise.all([
      countWaiting(db, body, today),
      reachOf(db, body.toAccountId, today),
      nameOf(db, body),
    ])
    return { asked, to, from }
  },
  may: () => true, // work_to_take_over chooses what the viewer takes
  run: async ({ asked, to, from }, { body }, context) => {
    if (asked === 0) throw await nothingLeft(context, body)
    if (!to) throw new Refused('taking-over/recipient-away')
    const { entries: campaigns, revocable } = await handedCampaigns(context, body, to)
    const taskForces = await adoptedTaskForces(context, body, to)
    // Once piloted, what the former pilot held in it waits too, and passes in the same step.
    const targets = await passedTargets(context, body, to)
    const actions = await passedActions(context, body, to)
    const needs = await handedNeeds(context, body, to.accountId)
    const moved = targets.reduce((sum, { count }) => sum + count, 0)
    const counted = { nextActions: actions.length, needs: needs.length, campaigns: campaigns.length }
    const work = { targets: moved, ...counted }
    const total = moved + actions.length + needs.length + campaigns.length + taskForces.entries.length
    if (total === 0) throw await whyNone(context, body)
    if (to.accountId !== context.viewer.accountId)
      await tellPerson(
        context.db,
        handedWorkMail({ ...work, taskForces: taskForces.names }, found(from), byName(context), to.accountId),
        context,
      )
    if (body.accountId && moved > 0)
      await tellPerson(context.db, takenWhileAwayMail(moved, byName(context), body.accountId), context)
    return {
      reply: {
        ...work,
        taskForces: taskForces.entries.length,
        // Given back whole: targets and next actions between colleagues, or campaigns of a structure that stays a member.
        ...((revocable ? campaigns.length : moved + actions.length) === total && (body.accountId || revocable)
          ? { passedAt: context.now.toISOString() }
          : {}),
        left: await countWaiting(context.db, body, context.today),
      },
      audit: [
        {
          action: 'work.taken-over',
          subject: body.accountId ? ['account', body.accountId] : ['organisation', body.organisationId],
          detail: { to: to.accountId, targets, ...counted },
        },
        ...campaigns,
        ...taskForces.entries,
        ...actions.map(next => handedEntry(next, to.accountId)),
        ...needs,
      ],
    }
  },
})

const byName = ({ viewer }: Context) => `${viewer.givenName} ${viewer.familyName}`
const handedEntry = ({ id, siret, ownerId }: Passed, toId: string): Entry => ({
  action: 'next-action.handed-over',
  subject: ['next-action', id],
  detail: { siret, before: { ownerId }, after: { ownerId: toId } },
})

/** Another took it while we waited, or the recipient may work on none of it. */
const whyNone = async (context: Context, choice: Choice) =>
  (await countWaiting(context.db, choice, context.today)) === 0
    ? await nothingLeft(context, choice)
    : new Refused('taking-over/recipient-elsewhere')

/** Says which structure took a task force over meanwhile; of the rest, that it is taken. */
const nothingLeft = async ({ db, now, viewer }: Context, choice: Choice): Promise<Refused> => {
  const taken = choice.accountId ? [] : await tookOver(db, choice.organisationId, taskForcesOf(choice), now)
  if (taken.length === 0) return new Refused('taking-over/nothing-left')
  const taskForces = taken.map(({ clpe, pilot, pilotId }) => ({ clpe, pilot, ours: pilotId === viewer.organisationId }))
  return new Refused('taking-over/taken-by-another', { facts: { taskForces } })
}

const handedCampaigns = async (context: Context, choice: Choice, to: Reach): Promise<AdoptedCampaigns> => {
  if (choice.accountId) {
    const ids = await waitingCampaigns(context.db, choice, context.today)
    return { entries: await handCampaigns(context, ids, choice.accountId, to.accountId), revocable: false }
  }
  return adoptCampaigns(context, await waitingPilotings(context.db, choice, context.today), to.accountId)
}

const adoptedTaskForces = async (context: Context, choice: Choice, to: Reach): Promise<Adopted> =>
  choice.accountId
    ? { names: [], entries: [] }
    : adoptTaskForces(context, await waitingTaskForces(context.db, choice, context.today), to.accountId)

const passedTargets = async ({ db, viewer, now, today }: Context, choice: Choice, to: Reach) => {
  const locked = await lockWaitingTargets(db, choice, to, today)
  const receiver = {
    byId: viewer.accountId,
    organisationId: viewer.organisationId,
    toAccountId: to.accountId,
    at: now,
  }
  for (const some of locked) await passTargets(db, some, receiver)
  return locked.map(({ campaignId, sirets }) => ({ campaignId, count: sirets.length }))
}

const passedActions = async ({ db, now, today }: Context, choice: Choice, to: Reach): Promise<Passed[]> => {
  if (!choice.accountId) return adoptActions(db, choice.organisationId, to.accountId, campaignsOfActions(choice), today)
  const locked = await lockWaitingActions(db, choice, to, today)
  const ids = locked.map(({ id }) => id)
  await noteHandings(db, ids, now)
  if ((await passActions(db, ids, to.accountId)) !== ids.length) throw new Error('a locked next action did not pass')
  return locked
}
