import * as contract from '../../../contract/oversight/rights-requests.ts'
import type { RefusalCode } from '../../../contract/refusals.ts'
import { action } from '../../platform/action.ts'
import { found, Refused } from '../../platform/errors.ts'
import { requestReply } from './rights-request-reply.ts'
import { tellOther } from './rights-requests.mails.ts'
import { mayWithdraw } from './rights-requests.policy.ts'
import { endHandover, findRequest, lockRequest } from './rights-requests.queries.ts'

/** The structure that received it holds it again, within the same delay, and may hand it to the right one. */
export const withdrawRightsHandover = action(contract.withdrawRightsHandover, {
  load: async ({ params }, { db }) => found(await lockRequest(db, params.requestId)),
  may: (viewer, request) => mayWithdraw(viewer, request),
  run: async (request, { body }, context) => {
    const { db, viewer, today } = context
    if (request.taken) throw new Refused('rights-request/taken')
    const outcome = await endHandover(db, request.id, false, body.reason.trim())
    if (outcome) throw new Refused(outcome as RefusalCode)
    const told = await tellOther('withdrawn', request, context)
    return {
      reply: { request: requestReply(viewer, found(await findRequest(db, request.id)), today), told },
      audit: [
        {
          action: 'rights-request.handover-withdrawn',
          subject: ['rights-request', request.id],
          detail: { toOrganisationId: request.handedTo!.id, told },
        },
      ],
    }
  },
})
