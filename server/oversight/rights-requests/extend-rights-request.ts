import * as contract from '../../../contract/oversight/rights-requests.ts'
import { action } from '../../platform/action.ts'
import { found } from '../../platform/errors.ts'
import { noteStep } from './note-step.ts'
import { mayHold } from './rights-requests.policy.ts'
import { lockRequest } from './rights-requests.queries.ts'

/**
 * Two months more, once, the person told why within the first (article 12.3 of the GDPR). Told in time, it may be noted
 * later: the day on which the person was told counts.
 */
export const extendRightsRequest = action(contract.extendRightsRequest, {
  load: async ({ params }, { db }) => found(await lockRequest(db, params.requestId)),
  may: (viewer, request) => mayHold(viewer, request),
  run: async (request, { body: { toldOn, reason } }, context) => {
    const reply = await noteStep(request, 'extension', toldOn, { reason: reason.trim() }, context)
    return {
      reply,
      audit: [
        {
          action: 'rights-request.extended',
          subject: ['rights-request', request.id],
          detail: { toldOn, dueOn: reply.dueOn },
        },
      ],
    }
  },
})
