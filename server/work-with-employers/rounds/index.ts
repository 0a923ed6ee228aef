/**
 * A round of visits: what to know of each employer of a day, on a phone or on paper.
 * Owns: act visit-sheets.exported.
 * Uses: campaigns, commitments, company, correspondents, do-not-contact, establishments, exchanges.
 * Start: `read-stops.ts`.
 */

import type { Action } from '../../platform/action.ts'
import { listRoundStops } from './list-round-stops.ts'

export const rounds: readonly Action[] = [listRoundStops]
