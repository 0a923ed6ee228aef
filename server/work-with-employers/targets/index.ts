/**
 * The targets of a campaign under one filter: list, board, calendar, map.
 * Owns: nothing.
 * Uses: campaigns, exchanges, territories.
 * Start: `target-views.queries.ts`.
 */

import type { Action } from '../../platform/action.ts'
import { countTargets } from './count-targets.ts'
import { listTargetActions } from './list-target-actions.ts'
import { listTargetPoints } from './list-target-points.ts'

export const targets: readonly Action[] = [countTargets, listTargetActions, listTargetPoints]
export { countTargets, listTargetActions, listTargetPoints }
