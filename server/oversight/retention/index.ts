/**
 * What the purges erased, by table and by structure, told to data protection officers (PRI-4).
 * Owns: table purges; acts personal-data.purged, purges.*.
 * Uses: personal-data.
 * Reads: organisations.
 * Start: `purge-words.ts`, then database/functions/retention.sql.
 */

import type { Action } from '../../platform/action.ts'
import { listPurges } from './list-purges.ts'

export const retention: readonly Action[] = [listPurges]
