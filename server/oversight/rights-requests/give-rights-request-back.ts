import * as contract from '../../../contract/oversight/rights-requests.ts'
import type { RefusalCode } from '../../../contract/refusals.ts'
import { action } from '../../platform/action.ts'
import { found, Refused } from '../../platform/errors.ts'
import { tellOther } from './rights-requests.mails.ts'
import { mayGiveBack } from './rights-requests.policy.ts'
import { endHandover, lockRequest } from './rights-requests.queries.ts'

/** The structure that handed it holds it again, within the same delay, with the steps noted meanwhile. */
export const giveRightsRequestBack = action(contract.giveRightsRequestBack, {
  load: async ({ params }, { db }) => found(await lockRequest(db, params.requestId)),
  may: (viewer, request) => mayGiveBack(viewer, request),
  run: async (request, { body }, context) => {
    const outcome = await endHandover(context.db, request.id, true, body.reason.trim())
    if (outcome) throw new Refused(outcome as RefusalCode)
    const told = await tellOther('givenBack', request, context)
    return {
      reply: { told },
      audit: [
        {
          action: 'rights-request.handover-given-back',
          subject: ['rights-request', request.id],
          detail: { fromOrganisationId: request.receivedBy.id, told },
        },
      ],
    }
  },
})
