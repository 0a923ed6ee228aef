/**
 * Who is away, from which day to which; never why.
 * Owns: tables absences; acts absence.*.
 * Uses: no code of another room.
 * Reads: accounts.
 * Start: `absences.policy.ts`, then `say-absence.ts`.
 */

import type { Action } from '../../platform/action.ts'
import { listAbsences } from './list-absences.ts'
import { sayAbsence } from './say-absence.ts'
import { withdrawAbsence } from './withdraw-absence.ts'

export const absences: readonly Action[] = [listAbsences, sayAbsence, withdrawAbsence]
