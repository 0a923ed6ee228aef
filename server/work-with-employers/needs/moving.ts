import type { needChanges } from '../../../contract/work-with-employers/needs.ts'
import { tellPerson } from '../../notifications/tell.ts'
import type { Context, Entry } from '../../platform/action.ts'
import { Refused } from '../../platform/errors.ts'
import type { NeedAct } from './need-lifecycle.ts'
import { reasonOf } from './need-lifecycle.ts'
import { needReplyById } from './need-reply.ts'
import { actOnNeed, type Hire } from './need-writes.queries.ts'
import { type NeedAnswer, needAnsweredMail, needOvertakenMail } from './needs.mails.ts'
import { type NeedRow, needById } from './needs.queries.ts'
import { needContacts, overtakenBy, overtakenProposal } from './proposals.queries.ts'

const changes: Record<NeedAct, (typeof needChanges)[number]> = {
  take: 'taken',
  'give-back': 'given-back',
  unreachable: 'unreachable',
  hire: 'hired',
  answer: 'answered',
  'fill-otherwise': 'filled-otherwise',
  abandon: 'abandoned',
  reopen: 'reopened',
}
/** By whom it was taken first, for who comes second: its need may no longer be theirs to read. */
export const takerFacts = async (needId: string, { db }: Pick<Context, 'db'>) => {
  const [proposal, need] = await Promise.all([overtakenProposal(db, needId), needById(db, needId)])
  return { facts: { takenBy: need?.takenBy ?? proposal?.overtakenBy ?? null } }
}

const tellOvertaken = async (need: NeedRow, context: Context): Promise<number> => {
  const ended = await overtakenBy(context.db, need.id)
  const contacts = await needContacts(context.db, ended, context.today)
  const taker = context.viewer.organisationName
  for (const { proposal, accountId } of contacts)
    await tellPerson(context.db, needOvertakenMail({ id: proposal, taker }, accountId), context)
  return contacts.length
}

/** One act of the life of a need, once; whoever follows it is told of what another structure did. */
export const moved = async (
  need: NeedRow,
  act: NeedAct,
  { reason = null, hire = null }: { readonly reason?: string | null; readonly hire?: Hire | null },
  context: Context,
): Promise<readonly [Entry]> => {
  const { db, viewer, now } = context
  const { outcome, version, sha256, was, became } = await actOnNeed(db, need.id, act, { reason, hire, at: now })
  const refused = reasonOf(outcome)
  if (refused === 'need/taken') throw new Refused(refused, await takerFacts(need.id, context))
  // Taken since it was read, by a colleague or by a structure that keeps it: one's own proposal is over.
  if (refused === 'not-found' && act === 'take') {
    const { facts } = await takerFacts(need.id, context)
    if (facts.takenBy) throw new Refused('need/taken', { facts })
  }
  if (refused) throw new Refused(refused)
  const overtaken = act === 'take' ? await tellOvertaken(need, context) : 0
  const told = act !== 'reopen' && need.organisationId !== viewer.organisationId
  if (told) await tellPerson(db, needAnsweredMail(need, viewer.organisationName, act as NeedAnswer), context)
  return [
    {
      action: `need.${changes[act]}`,
      subject: ['need', need.id],
      detail: {
        siret: need.siret,
        version,
        sha256,
        before: { state: was },
        after: { state: became },
        ...(hire ? { number: hire.number, beyond: hire.beyond } : {}),
        ...(reason ? { characters: { reason: reason.length } } : {}),
        mails: overtaken + Number(told),
      },
    },
  ]
}
/** The same, with the need as it became. */
export const movedNeed = async (...[need, act, means, context]: Parameters<typeof moved>) => {
  const audit = await moved(need, act, means, context)
  return { reply: await needReplyById(need.id, context), audit }
}
