import { addDays, endOfDay, parisDay } from '../platform/time.ts'
import { isWorkingDay } from '../platform/working-days.ts'

/** The digest leaves at six in the morning, in Paris. */
const hour = 6
/** Six in the morning of that day: midnight, then as many hours, whatever the season. */
const sixOf = (day: string): Date => new Date(endOfDay(addDays(day, -1)).getTime() + hour * 3_600_000)
const isMonday = (day: string) => new Date(`${day}T12:00:00Z`).getUTCDay() === 1
const before = (day: string, so: (day: string) => boolean): string => (so(day) ? day : before(addDays(day, -1), so))

/**
 * What was written before these instants is due: of each morning, the last six o’clock of a working day; of each week,
 * that of the last Monday before it. A morning that was missed is caught up with at the next one.
 */
export const digestsUpTo = (now: Date): { readonly morning: Date; readonly weekly: Date } => {
  const today = parisDay(now)
  const begun = sixOf(today) <= now ? today : addDays(today, -1)
  const day = before(begun, isWorkingDay)
  return { morning: sixOf(day), weekly: sixOf(before(day, isMonday)) }
}

export interface DigestLine {
  readonly kind: string
  readonly subject: string
}
/** The same words said several times are said once, with how many: the latest kinds first. */
export const digestLines = (
  told: readonly (DigestLine & { readonly at: Date })[],
): { words: string; count: number }[] =>
  [
    ...Map.groupBy(
      told.toSorted((a, b) => b.at.getTime() - a.at.getTime()),
      ({ subject }) => subject,
    ),
  ].map(([words, same]) => ({ words, count: same.length }))
