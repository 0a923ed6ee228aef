import { showsWhatStands } from '../../../contract/refusals.ts'
import type { Context } from '../../platform/action.ts'
import { found, Refused } from '../../platform/errors.ts'
import { reasonOf } from './need-lifecycle.ts'
import { needProposalReply } from './need-reply.ts'
import { type NeedProposalRow, needProposalById, settleNeedProposal } from './proposals.queries.ts'

/** Once: whoever comes second is refused, with the proposal as it now is. */
export const settledProposal = async (
  proposal: NeedProposalRow,
  outcome: 'declined' | 'withdrawn',
  reason: string | null,
  context: Context,
) => {
  const refused = reasonOf(await settleNeedProposal(context.db, proposal.id, outcome, { reason, at: context.now }))
  const reply = needProposalReply(found(await needProposalById(context.db, proposal.id)), context)
  if (refused) throw showsWhatStands(refused) ? new Refused(refused, { current: reply }) : new Refused(refused)
  return reply
}
