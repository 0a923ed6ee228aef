import { usualPerMonth } from '../../../contract/work-with-employers/solicitations.ts'
import { addDays, addMonths } from '../../platform/time.ts'

/** What is used of a budget, in the month and in the week of a day. */
export interface Used {
  readonly perMonth: number
  readonly month: number
  readonly week: number
}
export interface Span {
  readonly first: string
  readonly last: string
}

/** The civil month of a day. */
export const monthOf = (day: string): Span => {
  const first = `${day.slice(0, 7)}-01`
  return { first, last: addDays(addMonths(first, 1), -1) }
}
/** What the task force set last; the usual one where it set none. The SQL twin is solicitations_per_month. */
export const budgetOf = (versions: readonly { readonly version: number; readonly perMonth: number }[]): number =>
  [...versions].sort((a, b) => b.version - a.version)[0]?.perMonth ?? usualPerMonth

/** A quarter of the month, rounded up: no month has less than four weeks. */
export const perWeek = (perMonth: number): number => Math.ceil(perMonth / 4)

/** This week never has more than this month. */
export const leftOf = ({ perMonth, month, week }: Used) => {
  const leftThisMonth = Math.max(0, perMonth - month)
  return { leftThisMonth, leftThisWeek: Math.min(leftThisMonth, Math.max(0, perWeek(perMonth) - week)) }
}

export const isSpent = (used: Used): boolean => leftOf(used).leftThisWeek === 0

/** One more was used, past what there was. An act that uses no more is never too much. The SQL twin is ctx.goes_beyond. */
export const goesBeyond = (before: Used, after: Used): boolean =>
  (after.month > before.month && after.month > after.perMonth) ||
  (after.week > before.week && after.week > perWeek(after.perMonth))

/** What took place is recorded all the same: whether it was one too many. */
export const isTooMany = (used: Used): boolean => used.month > used.perMonth || used.week > perWeek(used.perMonth)
