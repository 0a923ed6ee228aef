import { showsWhatStands } from '../../../contract/refusals.ts'
import type { Context } from '../../platform/action.ts'
import { found, Refused } from '../../platform/errors.ts'
import { proposalReply } from './proposal-reply.ts'
import { type Outcome, reasonOf } from './proposal-rules.ts'
import { type ProposalRow, proposalById, settle } from './proposals.queries.ts'

/** Once: whoever comes second is refused, with the proposal as it now is. */
export const settled = async (proposal: ProposalRow, outcome: Outcome, reason: string | null, context: Context) => {
  const refused = reasonOf(await settle(context.db, proposal.id, outcome, { reason, at: context.now }))
  const reply = await proposalReply(found(await proposalById(context.db, proposal.id)), context)
  if (refused) throw showsWhatStands(refused) ? new Refused(refused, { current: reply }) : new Refused(refused)
  return reply
}
