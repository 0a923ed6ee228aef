/**
 * What the purges erased, and what holds them back, by structure, for data protection officers (PRI-4).
 * Owns: tables legal_holds, purges; acts legal-hold.*, personal-data.purged, purges.*.
 * Uses: personal-data.
 * Reads: organisations.
 * Start: `purge-words.ts`, then database/functions/retention.sql.
 */

import type { Action } from '../../platform/action.ts'
import { liftLegalHold } from './lift-legal-hold.ts'
import { listLegalHolds } from './list-legal-holds.ts'
import { listPurges } from './list-purges.ts'
import { placeLegalHold } from './place-legal-hold.ts'

export const retention: readonly Action[] = [listPurges, listLegalHolds, placeLegalHold, liftLegalHold]
