/**
 * Executable specification: production runs the SQL (ctx.review_due, ctx.review_reminders); reviews.test.ts proves
 * them equal.
 */
import { addDays, addMonths } from '../../platform/time.ts'
import type { ReminderKind } from './reviews.mails.ts'

/**
 * The day a structure's review of accounts falls due (annex 1, 1.6; requirements, Dates): so many months after the
 * last one closed; the first, after the tool was delivered to it (its first convention in force; for the operator, its
 * first account). Null: nothing was delivered yet. The SQL twin is ctx.review_due.
 */
export const reviewDueOn = (lastClosedOn: string | null, deliveredOn: string | null, months: number): string | null => {
  const from = lastClosedOn ?? deliveredOn
  return from === null ? null : addMonths(from, months)
}

/**
 * What is to be told on a day: from thirty days before, from seven, on the day itself, then that it is late (from the
 * day after). Each is told once, also when the job missed its night. The SQL twin is ctx.review_reminders.
 */
export const reminderOn = (dueOn: string, today: string): ReminderKind | null =>
  today > dueOn
    ? 'late'
    : today === dueOn
      ? 'today'
      : today >= addDays(dueOn, -7)
        ? 'seven-days'
        : today >= addDays(dueOn, -30)
          ? 'thirty-days'
          : null
