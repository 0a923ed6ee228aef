/**
 * The next actions of a person in their own calendar program, at a secret address.
 * Owns: tables calendar_feeds; acts calendar.*.
 * Uses: establishments.
 * Reads: establishments, next_actions.
 * Start: `calendar-route.ts`, then ctx.enter_calendar; docs/decisions/0032.
 */

import type { Action } from '../../platform/action.ts'
import { endCalendarFeed } from './end-calendar-feed.ts'
import { makeCalendarFeed } from './make-calendar-feed.ts'
import { readCalendarFeed } from './read-calendar-feed.ts'

export const calendar: readonly Action[] = [readCalendarFeed, makeCalendarFeed, endCalendarFeed]
