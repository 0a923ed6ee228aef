/**
 * Executable specification: production runs the SQL (ctx.rgc_event_reminders, ctx.follows_refusal); rgc.test.ts and
 * gate.test.ts prove them equal.
 */
import { addDays } from '../../platform/time.ts'
import { type DeedFacts, deedState, type ReminderStep } from './deadlines.ts'

/** What is reminded of the limit on a day. The SQL twin is ctx.rgc_event_reminders. */
export const reminderOf = (limit: string, today: string): ReminderStep =>
  today > limit ? 'late' : today === limit ? 'last-day' : today >= addDays(limit, -3) ? 'three-days' : 'known'

/**
 * Whether the last deed sent before, of the same convention, is refused or still waits: the operator then has a month
 * (RGC-3). The SQL twin is ctx.follows_refusal.
 */
export const followsRefusal = (sentBefore: readonly DeedFacts[], at: Date): boolean => {
  const last = sentBefore
    .filter(d => d.sentAt !== null && d.sentAt <= at)
    .toSorted((a, b) => b.sentAt!.getTime() - a.sentAt!.getTime())[0]
  return last !== undefined && deedState(last, at) !== 'en-vigueur'
}
