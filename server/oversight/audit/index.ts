/**
 * The trail: sealed, witnessed, verified, searched. Platform writes its entries with each act.
 * Owns: tables trail_*; acts trail.*.
 * Uses: no code of another room.
 * Reads: accounts, audit_details, audit_entries, exchange_versions, frozen_figures, frozen_months, legal_units,
 * need_versions, note_versions, organisations.
 * Start: `sequencer.ts`, then `verify-trail.ts`; docs/trail.md.
 */

import type { Action } from '../../platform/action.ts'
import { getTrailEntry } from './get-trail-entry.ts'
import { listTrail } from './list-trail.ts'
import { listTrailPeople } from './list-trail-people.ts'

export const audit: readonly Action[] = [listTrail, listTrailPeople, getTrailEntry]
