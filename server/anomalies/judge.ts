import type { Context, ReadContext } from '../platform/action.ts'
import { idOfWords } from '../platform/ids.ts'
import { accessFacts, keepRows, openRows } from './anomalies.queries.ts'
import { type Reconciled, reconcile } from './correction-rules.ts'

/** The anomalies of these structures as they are at this instant, whatever is written of them yet. */
export const judge = async ({ db, now, today }: Pick<ReadContext, 'db' | 'now' | 'today'>, organisationIds: readonly string[], accountIds: readonly string[] | null = null, who: string | null = null): Promise<Reconciled> => {
  const [rows, lines] = await Promise.all([openRows(db, organisationIds, accountIds), accessFacts(db, organisationIds, accountIds)])
  return reconcile(rows, lines, { now, today, idOf: idOfWords, who })
}
/** The same, written, in one's own structure; says what stands open. */
export const keep = async (context: Pick<Context, 'db' | 'now' | 'today' | 'viewer'>, accountIds: readonly string[] | null, who: string | null = null): Promise<readonly Reconciled['opened'][number][]> => {
  const { opened, standing, corrected } = await judge(context, [context.viewer.organisationId], accountIds, who)
  if (opened.length + corrected.length > 0) await keepRows(context.db, opened, corrected)
  return [...standing, ...opened]
}
