import type { Context } from '../../platform/action.ts'
import { keep } from './judge.ts'

/** The context of an act that may correct anomalies of these accounts: `correcting` alone makes one. */
export interface Correcting extends Context {
  readonly corrects: readonly string[]
}

/**
 * Does such an act, in its transaction: what was wrong is written before it, and what it corrects after, with who did
 * it. So an anomaly that opened and was corrected between two nights, or while the nightly job was dead, is kept too
 * (ACC-14).
 */
export const correcting = async <T>(
  context: Context,
  accountIds: readonly string[],
  act: (during: Correcting) => Promise<T>,
): Promise<T> => {
  const corrects = [...new Set(accountIds)].sort()
  await keep(context, corrects)
  const done = await act({ ...context, corrects })
  await keep(context, corrects, context.viewer.accountId)
  return done
}
