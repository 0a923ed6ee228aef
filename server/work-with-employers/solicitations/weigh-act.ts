import type { Context, Entry } from '../../platform/action.ts'
import { Refused } from '../../platform/errors.ts'
import { siretText } from '../../platform/siret.ts'
import type { TerritoryLine } from '../../platform/viewer.ts'
import { goesBeyond, isSpent, leftOf, type Used } from './solicitation-rules.ts'
import { insertOverrun, usedAt } from './solicitations.queries.ts'

export interface WeighedAct {
  readonly siret: number
  readonly place: TerritoryLine
  /** The day that it weighs on. */
  readonly onDay: string
  /** Read under the lock, before the act. */
  readonly before: Used
  readonly reason: string | undefined
  readonly of: { readonly campaignId: string } | { readonly nextActionId: string }
}

/**
 * Once the act is written: past the budget, it is refused until a reason is given, which is kept. Answers what the trail
 * says of it. Where something is left before, one act cannot go past it.
 */
export const weighAct = async (act: WeighedAct, context: Context): Promise<Entry[]> => {
  const { siret, before, onDay, reason } = act
  if (!isSpent(before)) return []
  const after = await usedAt(context.db, siret, onDay)
  if (!goesBeyond(before, after)) return []
  const { perMonth, month, week } = before
  if (reason === undefined) throw new Refused('solicitations/spent', { facts: { perMonth, ...leftOf(before), onDay } })
  await keep(act, reason.trim(), context)
  return [
    {
      action: 'solicitation-budget.exceeded',
      subject: ['establishment', siretText(siret)],
      detail: {
        ...act.of,
        onDay,
        reason: reason.trim(),
        perMonth,
        before: { month, week },
        after: { month: after.month, week: after.week },
      },
    },
  ]
}

const keep = ({ siret, place, onDay, of }: WeighedAct, reason: string, { db, viewer, now, newId }: Context) =>
  insertOverrun(db, {
    id: newId(),
    siret,
    regionId: place.regionId,
    departementId: place.departementId,
    epciId: place.epciId,
    clpeId: place.clpeId,
    act: 'campaignId' in of ? 'take' : 'plan',
    campaignId: 'campaignId' in of ? of.campaignId : null,
    nextActionId: 'campaignId' in of ? null : of.nextActionId,
    onDay,
    reason,
    organisationId: viewer.organisationId,
    authorId: viewer.accountId,
    at: now,
  })
