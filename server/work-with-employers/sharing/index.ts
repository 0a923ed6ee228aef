/**
 * Targets shared out among people, and the same undone.
 * Owns: tables target_sharings; acts targets.*.
 * Uses: bulk-works, campaigns, progress, solicitations.
 * Reads: accounts, campaign_targets, organisations.
 * Start: `sharing-rules.ts`, then `confirm-sharing.ts` and database/functions/sharing.sql.
 */

import type { Action } from '../../platform/action.ts'
import { confirmSharing } from './confirm-sharing.ts'
import { listAssignments } from './list-assignments.ts'
import { listRecipients } from './list-recipients.ts'
import { listSharings } from './list-sharings.ts'
import { simulateSharing } from './simulate-sharing.ts'
import { undoSharing } from './undo-sharing.ts'

export const sharing: readonly Action[] = [
  listRecipients,
  simulateSharing,
  confirmSharing,
  undoSharing,
  listSharings,
  listAssignments,
]
export { confirmSharing, listAssignments, listRecipients, listSharings, simulateSharing, undoSharing }
