import * as contract from '../../../contract/oversight/rights-requests.ts'
import { action } from '../../platform/action.ts'
import { found, Refused } from '../../platform/errors.ts'
import { requestReply } from './rights-request-reply.ts'
import { stepsLeft } from './rights-request-rules.ts'
import { tellOther } from './rights-requests.mails.ts'
import { mayHandTo } from './rights-requests.policy.ts'
import { findStructure, insertHandover, lockRequest } from './rights-requests.queries.ts'

/** The other party answers from then on, within the same delay: it runs from the first receipt. */
export const handRightsRequestOver = action(contract.handRightsRequestOver, {
  load: async ({ params, body }, { db }) => ({
    request: found(await lockRequest(db, params.requestId)),
    to: found(await findStructure(db, body.toOrganisationId)),
  }),
  may: (viewer, { request, to }) => mayHandTo(viewer, request, to),
  run: async ({ request, to }, _input, context) => {
    const { db, viewer, now, today } = context
    if (!stepsLeft(request).includes('answer')) throw new Refused('rights-request/answered')
    await insertHandover(db, {
      requestId: request.id,
      fromOrganisationId: viewer.organisationId,
      toOrganisationId: to.id,
      recordedBy: viewer.accountId,
      recordedAt: now,
    })
    const handed = { ...request, handedTo: to, handedAt: now, taken: false }
    const told = await tellOther('handed', handed, context)
    if (told.mails === 0) throw new Refused('rights-request/nobody-there')
    return {
      reply: { request: requestReply(viewer, handed, today), told },
      audit: [
        {
          action: 'rights-request.handed-over',
          subject: ['rights-request', request.id],
          detail: { toOrganisationId: to.id, told },
        },
      ],
    }
  },
})
