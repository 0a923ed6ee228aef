import * as contract from '../../../contract/work-with-employers/proposed-actions.ts'
import { action } from '../../platform/action.ts'
import { proposalReplies } from './proposal-reply.ts'
import { receivedProposals, sentProposals } from './proposals.queries.ts'

export const listActionProposals = action(contract.listActionProposals, {
  load: async (_input, { db, today }) => {
    const [received, sent] = await Promise.all([receivedProposals(db, today), sentProposals(db, today)])
    return { received, sent }
  },
  may: () => true, // row-level security chooses the rows
  run: async ({ received, sent }, _input, context) => ({
    received: await proposalReplies(received, context),
    sent: await proposalReplies(sent, context),
  }),
})
