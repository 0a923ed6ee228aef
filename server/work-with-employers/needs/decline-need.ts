import * as contract from '../../../contract/work-with-employers/needs.ts'
import { tellPerson } from '../../notifications/tell.ts'
import { action } from '../../platform/action.ts'
import { found } from '../../platform/errors.ts'
import { needAnsweredMail } from './needs.mails.ts'
import { maySettleNeedProposal } from './needs.policy.ts'
import { needProposalById } from './proposals.queries.ts'
import { settledProposal } from './settling.ts'

/** The need stays open to the others; this structure is not asked again while it says the same. */
export const declineNeed = action(contract.declineNeed, {
  load: async ({ params }, { db }) => found(await needProposalById(db, params.proposalId)),
  may: (viewer, proposal) => maySettleNeedProposal(viewer, proposal, 'declined'),
  run: async (proposal, { body }, context) => {
    const reason = body.reason.trim()
    const reply = await settledProposal(proposal, 'declined', reason, context)
    const need = { id: proposal.needId, ownerId: proposal.ownerId }
    await tellPerson(context.db, needAnsweredMail(need, proposal.to.name, 'decline'), context)
    return {
      reply,
      audit: [
        {
          action: 'need.declined',
          subject: ['need', proposal.needId],
          detail: { siret: proposal.siret, proposal: proposal.id, characters: { reason: reason.length }, mails: 1 },
        },
      ],
    }
  },
})
