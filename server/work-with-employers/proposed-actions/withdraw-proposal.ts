import * as contract from '../../../contract/work-with-employers/proposed-actions.ts'
import { action } from '../../platform/action.ts'
import { found } from '../../platform/errors.ts'
import { maySettle } from './proposals.policy.ts'
import { proposalById } from './proposals.queries.ts'
import { settled } from './settle-proposal.ts'

/** While nobody answered. */
export const withdrawActionProposal = action(contract.withdrawActionProposal, {
  load: async ({ params }, { db }) => found(await proposalById(db, params.proposalId)),
  may: (viewer, proposal) => maySettle(viewer, proposal, 'withdrawn'),
  run: async (proposal, _input, context) => {
    const reply = await settled(proposal, 'withdrawn', null, context)
    return {
      reply,
      audit: [
        {
          action: 'next-action.proposal-withdrawn',
          subject: ['next-action', proposal.nextActionId],
          detail: { proposal: proposal.id, to: proposal.toOrganisationId },
        },
      ],
    }
  },
})
