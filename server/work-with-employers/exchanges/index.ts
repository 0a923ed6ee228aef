/**
 * Contacts made with employers, next actions, the results that a campaign adds.
 * Owns: tables exchanges, exchange_*, next_actions, handed_actions, campaign_results; acts exchange.*, next-action.*,
 * campaign.result-*, exchanges.exported.
 * Uses: campaigns, correspondents, drafts, establishments, solicitations.
 * Reads: accounts, campaigns, correspondents, do_not_contact_marks, employer_files, establishments, organisations,
 * provisional_establishments.
 * Start: `record-exchange.ts`, then `exchange-subject.ts`, `new-exchange.ts`.
 */

import type { Action } from '../../platform/action.ts'
import { addCampaignResult } from './add-campaign-result.ts'
import { cancelExchange } from './cancel-exchange.ts'
import { correctExchange } from './correct-exchange.ts'
import { finishNextAction } from './finish-next-action.ts'
import { getBeforeContact } from './get-before-contact.ts'
import { getExchange } from './get-exchange.ts'
import { getRecording } from './get-recording.ts'
import { listCampaignResults } from './list-campaign-results.ts'
import { listColleagues } from './list-colleagues.ts'
import { listExchangeVersions } from './list-exchange-versions.ts'
import { listExchanges } from './list-exchanges.ts'
import { listNextActions } from './list-next-actions.ts'
import { planNextActionAgain } from './plan-next-action-again.ts'
import { recordExchange } from './record-exchange.ts'
import { reopenNextAction } from './reopen-next-action.ts'
import { retireCampaignResult } from './retire-campaign-result.ts'

export const exchanges: readonly Action[] = [
  listExchanges,
  getExchange,
  listExchangeVersions,
  recordExchange,
  correctExchange,
  cancelExchange,
  getBeforeContact,
  getRecording,
  listColleagues,
  listNextActions,
  finishNextAction,
  reopenNextAction,
  planNextActionAgain,
  listCampaignResults,
  addCampaignResult,
  retireCampaignResult,
]
