import * as contract from '../../../contract/work-with-employers/proposed-actions.ts'
import { tellPerson } from '../../notifications/tell.ts'
import { action } from '../../platform/action.ts'
import { found } from '../../platform/errors.ts'
import { answeredMail } from './proposals.mails.ts'
import { maySettle } from './proposals.policy.ts'
import { proposalById } from './proposals.queries.ts'
import { settled } from './settle-proposal.ts'

/** The action stays to whose it was, who is told. */
export const declineActionProposal = action(contract.declineActionProposal, {
  load: async ({ params }, { db }) => found(await proposalById(db, params.proposalId)),
  may: (viewer, proposal) => maySettle(viewer, proposal, 'declined'),
  run: async (proposal, { body: { reason } }, context) => {
    const reply = await settled(proposal, 'declined', reason.trim(), context)
    const told = { id: proposal.id, receiver: proposal.to.name, byId: proposal.byId }
    await tellPerson(context.db, answeredMail(told, 'declined'), context)
    return {
      reply,
      audit: [
        {
          action: 'next-action.declined',
          subject: ['next-action', proposal.nextActionId],
          detail: {
            proposal: proposal.id,
            from: proposal.fromOrganisationId,
            characters: { reason: reason.trim().length },
          },
        },
      ],
    }
  },
})
