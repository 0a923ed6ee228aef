/**
 * The first day offered on the home page, until its person wants it no more.
 * Owns: tables first_days; acts first-day.dismissed.
 * Uses: no code of another room.
 * Reads: accounts.
 * Start: `first-day-rules.ts`.
 */

import type { Action } from '../../platform/action.ts'
import { dismissFirstDay } from './dismiss-first-day.ts'
import { getFirstDay } from './get-first-day.ts'

export const firstDay: readonly Action[] = [getFirstDay, dismissFirstDay]
