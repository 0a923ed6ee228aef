import type { RefusalCode } from '../../../contract/refusals.ts'
import { atOnce } from '../../../contract/work-with-employers/bulk-works.ts'
import type { Context } from '../../platform/action.ts'
import { found, Refused } from '../../platform/errors.ts'
import { bulkWorkReply } from './bulk-work-reply.ts'
import { askWork, doPart, type WorkRow, workById } from './bulk-works.queries.ts'
import { tellOwnMoves } from './tell-work.ts'

export interface Asking {
  readonly undo: boolean
  /** Why employers are solicited past their budget: one reason for the whole work. */
  readonly beyondBudget?: string | undefined
}
/** Few targets are done in this transaction, by the same function as the parts of a long work. */
export const startWork = async (
  work: WorkRow,
  { undo, beyondBudget }: Asking,
  taken: RefusalCode,
  { db, now, request, newId }: Pick<Context, 'db' | 'now' | 'request' | 'newId'>,
) => {
  // What is spent since it was counted stays as it is, and is told: nothing goes past without a reason.
  if (!undo && work.spent > 0 && !beyondBudget?.trim())
    throw new Refused('solicitations/reason-needed', { facts: { spent: work.spent } })
  const count = undo ? work.done : work.toDo
  const short = count <= atOnce
  if (!(await askWork(db, work.id, { undo, atOnce: short, now, request, beyondBudget: beyondBudget?.trim() ?? null })))
    throw new Refused(taken)
  const outcome = short ? await doPart(db, work.id, atOnce, now) : ''
  if (outcome) throw new Refused(outcome as RefusalCode)
  if (short) await tellOwnMoves(db, work.id, { newId, now })
  return {
    reply: bulkWorkReply(found(await workById(db, work.id))),
    detail: { work: work.id, act: work.act, targets: count },
  }
}
