/**
 * Executable specification: production runs the SQL (ctx.review_due, ctx.review_reminders); reviews.test.ts proves
 * them equal.
 */
import { addDays, addMonths } from '../../platform/time.ts'
import type { ReminderKind } from './reviews.mails.ts'

/**
 * The day a structure's review of accounts falls due (annex 1, 1.6): some months after the last one closed.
 * The first follows the delivery of the tool: the first convention in force or, for the operator, its first account.
 * Null: nothing was delivered yet. The SQL twin is ctx.review_due.
 */
export const reviewDueOn = (lastClosedOn: string | null, deliveredOn: string | null, months: number): string | null => {
  const from = lastClosedOn ?? deliveredOn
  return from === null ? null : addMonths(from, months)
}

/**
 * The reminders of a day: thirty days before, seven days before, the day itself, late from the day after.
 * Each is told once, even when the job missed its night. The SQL twin is ctx.review_reminders.
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
