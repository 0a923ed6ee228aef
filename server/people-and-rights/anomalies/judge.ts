import type { Context, ReadContext } from '../../platform/action.ts'
import { idOfWords } from '../../platform/ids.ts'
import { type CorrectedRow, compare, correctionOf, type OpenedRow } from './correction-rules.ts'
import { keepRows, type Reader, readerOf } from './judge.queries.ts'

export interface Reconciled {
  readonly opened: readonly OpenedRow[]
  readonly standing: readonly OpenedRow[]
  readonly corrected: readonly CorrectedRow[]
}
/**
 * Sorts anomalies at this instant: opened, still standing, corrected.
 * The outcome is read only for the rows that are gone: few of them, most often none.
 */
export const reconcile = async (
  read: Reader,
  { now, today }: Pick<ReadContext, 'now' | 'today'>,
  who: string | null = null,
): Promise<Reconciled> => {
  const [rows, lines] = await Promise.all([read.open(), read.facts()])
  const { opened, standing, gone } = compare(rows, lines, { today, idOf: idOfWords })
  const outcomes = gone.length > 0 ? await read.outcomes([...new Set(gone.map(row => row.accountId))]) : new Map()
  // One that has none was written as corrected between the two readings.
  return {
    opened,
    standing,
    corrected: gone.flatMap(row =>
      outcomes.has(row.id) ? [correctionOf({ ...row, outcome: outcomes.get(row.id)! }, now, today, who)] : [],
    ),
  }
}
/** The anomalies of these structures as they are at this instant, whatever is written of them yet. */
export const judge = (
  { db, ...at }: Pick<ReadContext, 'db' | 'now' | 'today'>,
  organisationIds: readonly string[],
  accountIds: readonly string[] | null = null,
  who: string | null = null,
): Promise<Reconciled> => reconcile(readerOf(db, organisationIds, accountIds), at, who)
/** The same, written, in one's own structure; says what stands open. */
export const keep = async (
  context: Pick<Context, 'db' | 'now' | 'today' | 'viewer'>,
  accountIds: readonly string[] | null,
  who: string | null = null,
): Promise<readonly OpenedRow[]> => {
  const { opened, standing, corrected } = await judge(context, [context.viewer.organisationId], accountIds, who)
  if (opened.length + corrected.length > 0) await keepRows(context.db, opened, corrected)
  return [...standing, ...opened]
}
