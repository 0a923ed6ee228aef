import * as contract from '../../../contract/oversight/rights-requests.ts'
import { action } from '../../platform/action.ts'
import { found } from '../../platform/errors.ts'
import { noteStep } from './note-step.ts'
import { mayHold } from './rights-requests.policy.ts'
import { lockRequest } from './rights-requests.queries.ts'

/** How and when; no document is joined, as none is to be kept. */
export const checkRightsIdentity = action(contract.checkRightsIdentity, {
  load: async ({ params }, { db }) => found(await lockRequest(db, params.requestId)),
  may: (viewer, request) => mayHold(viewer, request),
  run: async (request, { body: { checkedOn, manner } }, context) => ({
    reply: await noteStep(request, 'identity', checkedOn, { manner }, context),
    audit: [
      {
        action: 'rights-request.identity-checked',
        subject: ['rights-request', request.id],
        detail: { checkedOn, manner },
      },
    ],
  }),
})
