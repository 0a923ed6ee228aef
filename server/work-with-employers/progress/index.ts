/**
 * How a campaign moves: figures, what is stuck, the live stream, the report.
 * Owns: acts campaign.report-made.
 * Uses: campaigns, establishments, indicators.
 * Reads: accounts, campaign_contacts, campaign_members, campaign_targets, campaigns, exchanges, next_actions,
 * organisations.
 * Start: `load-progress.ts`, then `progress-rules.ts`; docs/campaigns.md.
 */

import type { Action } from '../../platform/action.ts'
import { getProgress } from './get-progress.ts'
import { listPiloted } from './list-piloted.ts'
import { listStuck } from './list-stuck.ts'

export const progress: readonly Action[] = [getProgress, listPiloted, listStuck]
