/**
 * What employers need, from what they say to a hire, across structures; the names of jobs.
 * Owns: tables needs, need_versions, need_hires, need_proposals, need_intakes, job_titles; acts need.*,
 * needs.exported.
 * Uses: campaigns, correspondents, establishments, exchanges, register, territories.
 * Reads: accounts, establishments, exchanges, organisations.
 * Start: `need-lifecycle.ts`, then `needs.policy.ts` and act_on_need; `docs/needs.md`.
 */

import type { Action } from '../../platform/action.ts'
import { closeNeed } from './close-need.ts'
import { correctNeed } from './correct-need.ts'
import { declineNeed } from './decline-need.ts'
import { getNeed } from './get-need.ts'
import { getNeedIntake } from './get-need-intake.ts'
import { giveNeedBack } from './give-need-back.ts'
import { listJobTitles } from './list-job-titles.ts'
import { listNeedRecipients } from './list-need-recipients.ts'
import { listNeeds } from './list-needs.ts'
import { listNeedsAt } from './list-needs-at.ts'
import { listReceivedNeeds } from './list-received-needs.ts'
import { noteHire } from './note-hire.ts'
import { noteNeed } from './note-need.ts'
import { proposeNeed } from './propose-need.ts'
import { reopenNeed } from './reopen-need.ts'
import { sayNeedIntake } from './say-need-intake.ts'
import { takeNeed } from './take-need.ts'
import { withdrawNeedProposal } from './withdraw-need-proposal.ts'

export const needs: readonly Action[] = [
  listJobTitles,
  listNeedsAt,
  noteNeed,
  listNeeds,
  getNeed,
  correctNeed,
  takeNeed,
  giveNeedBack,
  noteHire,
  closeNeed,
  reopenNeed,
  listNeedRecipients,
  proposeNeed,
  declineNeed,
  withdrawNeedProposal,
  listReceivedNeeds,
  getNeedIntake,
  sayNeedIntake,
]
