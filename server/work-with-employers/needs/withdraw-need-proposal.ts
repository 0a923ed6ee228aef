import * as contract from '../../../contract/work-with-employers/needs.ts'
import { action } from '../../platform/action.ts'
import { found } from '../../platform/errors.ts'
import { maySettleNeedProposal } from './needs.policy.ts'
import { needProposalById } from './proposals.queries.ts'
import { settledProposal } from './settling.ts'

/** While nobody answered. */
export const withdrawNeedProposal = action(contract.withdrawNeedProposal, {
  load: async ({ params }, { db }) => found(await needProposalById(db, params.proposalId)),
  may: (viewer, proposal) => maySettleNeedProposal(viewer, proposal, 'withdrawn'),
  run: async (proposal, _input, context) => ({
    reply: await settledProposal(proposal, 'withdrawn', null, context),
    audit: [
      {
        action: 'need.proposal-withdrawn',
        subject: ['need', proposal.needId],
        detail: { siret: proposal.siret, proposal: proposal.id, to: proposal.toOrganisationId },
      },
    ],
  }),
})
