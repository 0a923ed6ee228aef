/**
 * Executable specification: production runs the SQL (ctx.rgc_event_reminders); rgc.test.ts proves them equal.
 */
import { addDays } from '../../platform/time.ts'
import type { ReminderStep } from './deadlines.ts'

/** What is reminded of the limit on a day. The SQL twin is ctx.rgc_event_reminders. */
export const reminderOf = (limit: string, today: string): ReminderStep =>
  today > limit ? 'late' : today === limit ? 'last-day' : today >= addDays(limit, -3) ? 'three-days' : 'known'
