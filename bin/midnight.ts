import { setTimeout } from 'node:timers/promises'
import { endOfDay, parisDay } from '../server/platform/time.ts'

/** A machine beside others takes up to three times what the last run took; five minutes are enough for any file. */
const longestMs = (lastMs: number) => Math.min(3 * lastMs, 300_000)

/** Milliseconds before a file that took `lastMs` may begin: none, unless midnight in Paris could come while it runs. */
export const msBeforeBeginning = (now: Date, lastMs: number): number => {
  const left = endOfDay(parisDay(now)).getTime() - now.getTime()
  return longestMs(lastMs) < left ? 0 : left
}

/** A file lays its rows by the day, and reads them by the service's: both are one day from its first test to its last. */
export const clearOfMidnight = async (lastMs: number): Promise<void> => {
  const wait = msBeforeBeginning(new Date(), lastMs)
  if (wait > 0) await setTimeout(wait)
}
