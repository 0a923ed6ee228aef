/**
 * Acts on many targets of a campaign, or next actions: counted, confirmed, done in parts by the worker, undone.
 * Owns: tables bulk_works, bulk_work_lines; acts bulk-work.*, target.closed, target.reopened, target.release-undone.
 * Uses: campaigns, exchanges, portfolio, progress, solicitations.
 * Reads: accounts, campaign_targets, campaigns, next_actions, target_sharings.
 * Start: `bulk-work-rules.ts`, then `do-bulk-works.job.ts` and ctx.do_bulk_part.
 */

import type { Action } from '../../platform/action.ts'
import { confirmBulkWork } from './confirm-bulk-work.ts'
import { countBulkWork } from './count-bulk-work.ts'
import { countHandedActions } from './count-handed-actions.ts'
import { countMovedActions } from './count-moved-actions.ts'
import { getBulkWork } from './get-bulk-work.ts'
import { listBulkWorks } from './list-bulk-works.ts'
import { listHandRecipients } from './list-hand-recipients.ts'
import { stopBulkWork } from './stop-bulk-work.ts'
import { undoBulkWork } from './undo-bulk-work.ts'

export const bulkWorks: readonly Action[] = [
  countBulkWork,
  countMovedActions,
  countHandedActions,
  listHandRecipients,
  confirmBulkWork,
  stopBulkWork,
  undoBulkWork,
  listBulkWorks,
  getBulkWork,
]
