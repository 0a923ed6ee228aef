/**
 * Next actions proposed to another structure, which accepts or declines.
 * Owns: table action_proposals; acts next-action.*.
 * Uses: campaigns, exchanges.
 * Reads: accounts, organisations.
 * Start: `propose-next-action.ts`, then `proposals.policy.ts` and settle_action_proposal.
 */

import type { Action } from '../../platform/action.ts'
import { acceptActionProposal } from './accept-proposal.ts'
import { declineActionProposal } from './decline-proposal.ts'
import { listActionProposals } from './list-proposals.ts'
import { listProposalRecipients } from './list-recipients.ts'
import { proposeNextAction } from './propose-next-action.ts'
import { withdrawActionProposal } from './withdraw-proposal.ts'

export const proposedActions: readonly Action[] = [
  listProposalRecipients,
  proposeNextAction,
  listActionProposals,
  acceptActionProposal,
  declineActionProposal,
  withdrawActionProposal,
]
