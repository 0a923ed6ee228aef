/**
 * A campaign: its draft, targets, conflicts and life. The model room: read it first.
 * Owns: tables campaigns, campaign_contacts, campaign_coordinations, campaign_decisions, campaign_events, campaign_goals,
 * campaign_holds, campaign_leads, campaign_member*, campaign_targets, target_assignments, target_turns; acts campaign.*, target.*.
 * Uses: correspondents, establishments, recruitments, solicitations, territories.
 * Reads: accounts, establishments, exchange_contents, exchanges, next_actions, organisations, target_sharings,
 * territories.
 * Start: `open-campaign.ts`, then `campaign-lifecycle.ts`; docs/campaigns.md.
 */

import type { Action } from '../../platform/action.ts'
import { addTargets } from './add-targets.ts'
import { archiveCampaign } from './archive-campaign.ts'
import { closeCampaign } from './close-campaign.ts'
import { createCampaign } from './create-campaign.ts'
import { decideConflicts } from './decide-conflicts.ts'
import { duplicateCampaign } from './duplicate-campaign.ts'
import { editCampaign } from './edit-campaign.ts'
import { getCampaign } from './get-campaign.ts'
import { listCampaigns } from './list-campaigns.ts'
import { listConflicts } from './list-conflicts.ts'
import { listLeadCandidates } from './list-lead-candidates.ts'
import { openCampaign } from './open-campaign.ts'
import { previewTargets } from './preview-targets.ts'
import { releaseTarget } from './release-target.ts'
import { reopenCampaign } from './reopen-campaign.ts'
import { setTargetAside } from './set-target-aside.ts'
import { takeTarget, takeTargetBeyond } from './take-target.ts'

export const campaigns: readonly Action[] = [
  listCampaigns,
  getCampaign,
  createCampaign,
  editCampaign,
  listLeadCandidates,
  openCampaign,
  closeCampaign,
  reopenCampaign,
  archiveCampaign,
  duplicateCampaign,
  previewTargets,
  addTargets,
  takeTarget,
  takeTargetBeyond,
  releaseTarget,
  setTargetAside,
  listConflicts,
  decideConflicts,
]
export {
  addTargets,
  archiveCampaign,
  closeCampaign,
  createCampaign,
  decideConflicts,
  duplicateCampaign,
  editCampaign,
  getCampaign,
  listCampaigns,
  listConflicts,
  listLeadCandidates,
  openCampaign,
  previewTargets,
  releaseTarget,
  reopenCampaign,
  setTargetAside,
  takeTarget,
}
