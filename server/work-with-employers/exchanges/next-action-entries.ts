import type { Entry } from '../../platform/action.ts'
import type { NextActionRow } from './next-actions.queries.ts'

/* What the trail says of a next action. */

/** `answeredBy`: the exchange that carried it out. */
export const finishedEntry = (next: NextActionRow, answeredBy: string | null): Entry => ({
  action: 'next-action.finished',
  subject: ['next-action', next.id],
  detail: {
    exchangeId: next.exchangeId,
    siret: next.siret,
    kind: next.kind,
    dueOn: next.dueOn,
    ownerId: next.ownerId,
    answeredBy,
  },
})

/** `unanswered`: the exchange that had carried it out, cancelled. */
export const reopenedEntry = (
  next: { readonly id: string; readonly siret: number },
  unanswered: string | null,
): Entry => ({
  action: 'next-action.reopened',
  subject: ['next-action', next.id],
  detail: { siret: next.siret, unanswered },
})

const dates = ({ dueOn, dueAt }: NextActionRow) => ({ dueOn, dueAt })

/** Moved, handed over (`back`: taken back), or both: one entry each. */
export const plannedAgainEntries = (
  before: NextActionRow,
  after: NextActionRow,
  back: boolean,
): [Entry, ...Entry[]] => {
  const subject = ['next-action', before.id] as const
  const moved: Entry = {
    action: 'next-action.moved',
    subject,
    detail: { siret: before.siret, before: dates(before), after: dates(after) },
  }
  if (before.ownerId === after.ownerId) return [moved]
  const handed: Entry = {
    action: back ? 'next-action.taken-back' : 'next-action.handed-over',
    subject,
    detail: { siret: before.siret, before: { ownerId: before.ownerId }, after: { ownerId: after.ownerId } },
  }
  return before.dueOn === after.dueOn && before.dueAt === after.dueAt ? [handed] : [moved, handed]
}
