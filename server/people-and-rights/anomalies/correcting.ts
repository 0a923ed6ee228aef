import type { Context } from '../../platform/action.ts'
import { keep } from './judge.ts'

/** The context of an act that may correct anomalies of these accounts: `correcting` alone makes one. */
export interface Correcting extends Context {
  readonly corrects: readonly string[]
}

/**
 * Does such an act in its transaction. It writes the anomalies before, the corrected ones after, with their author.
 * So an anomaly opened and corrected between two nights is kept too, even with the nightly job dead (ACC-14).
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
