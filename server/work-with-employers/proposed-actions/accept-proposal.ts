import * as contract from '../../../contract/work-with-employers/proposed-actions.ts'
import { tellPerson } from '../../notifications/tell.ts'
import { action } from '../../platform/action.ts'
import { found } from '../../platform/errors.ts'
import { answeredMail } from './proposals.mails.ts'
import { maySettle } from './proposals.policy.ts'
import { proposalById } from './proposals.queries.ts'
import { settled } from './settle-proposal.ts'

/** It becomes the viewer’s, with its day; the exchange that it follows stays as private as it was. */
export const acceptActionProposal = action(contract.acceptActionProposal, {
  load: async ({ params }, { db }) => found(await proposalById(db, params.proposalId)),
  may: (viewer, proposal) => maySettle(viewer, proposal, 'accepted'),
  run: async (proposal, _input, context) => {
    const reply = await settled(proposal, 'accepted', null, context)
    const told = { id: proposal.id, receiver: proposal.to.name, byId: proposal.byId }
    await tellPerson(context.db, answeredMail(told, 'accepted'), context)
    return {
      reply,
      audit: [
        {
          action: 'next-action.accepted',
          subject: ['next-action', proposal.nextActionId],
          detail: {
            proposal: proposal.id,
            siret: proposal.siret,
            before: { organisationId: proposal.fromOrganisationId },
            after: { organisationId: proposal.toOrganisationId, ownerId: context.viewer.accountId },
          },
        },
      ],
    }
  },
})
