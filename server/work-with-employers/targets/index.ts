/**
 * The targets of a campaign under one filter: list, board, calendar, map; an employer among those of every campaign.
 * Owns: act targets.exported.
 * Uses: campaigns, establishments, exchanges, territories.
 * Reads: accounts, campaign_contacts, campaign_events, campaign_targets, campaigns, communes, establishments,
 * exchanges, next_actions, organisations, provisional_establishments, target_assignments, target_sharings,
 * target_turns, territories.
 * Start: `target-views.queries.ts`; of one employer, `campaign-lines.queries.ts`.
 */

import type { Action } from '../../platform/action.ts'
import { countTargets } from './count-targets.ts'
import { listTargetActions } from './list-target-actions.ts'
import { listTargetGroups } from './list-target-groups.ts'
import { listTargetPoints } from './list-target-points.ts'
import { listTargets } from './list-targets.ts'
import { listTargetsAt } from './list-targets-at.ts'

export const targets: readonly Action[] = [
  listTargets,
  listTargetGroups,
  countTargets,
  listTargetActions,
  listTargetPoints,
  listTargetsAt,
]
export { countTargets, listTargetActions, listTargetPoints }
