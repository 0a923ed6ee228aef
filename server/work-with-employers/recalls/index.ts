/**
 * What goes stale in running campaigns, and of needs, is recalled: to its owner, then to the leads, then to the pilot.
 * Owns: tables campaign_recalls, target_recalls, need_recalls; acts campaign.recalls-set.
 * Uses: campaigns.
 * Start: `recall-stale.job.ts`, then ctx.note_recalls and ctx.note_need_recalls.
 */

import type { Action } from '../../platform/action.ts'
import { getRecalls } from './get-recalls.ts'
import { setRecalls } from './set-recalls.ts'

export const recalls: readonly Action[] = [getRecalls, setRecalls]
