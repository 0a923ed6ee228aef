/**
 * Work whose holder is gone or away, and who takes it over (CAM-16, CAM-13).
 * Owns: campaign_handovers; acts work.*, campaign.corrected, campaign.handed-over, next-action.handed-over,
 * next-action.taken-back, need.handed-over, task-force.taken-over.
 * Uses: campaigns, exchanges, needs, territories.
 * Reads: absences, accounts, campaign_targets, campaigns, exchanges, next_actions, organisations, target_assignments,
 * territories.
 * Start: `away.model.ts`, then `take-work-over.ts`; who may is the function work_to_take_over.
 */

import type { Action } from '../../platform/action.ts'
import { giveCampaignsBack } from './give-campaigns-back.ts'
import { giveWorkBack } from './give-work-back.ts'
import { listWorkToTakeOver } from './list-work-to-take-over.ts'
import { takeWorkOver } from './take-work-over.ts'

export const takingOver: readonly Action[] = [listWorkToTakeOver, takeWorkOver, giveWorkBack, giveCampaignsBack]
