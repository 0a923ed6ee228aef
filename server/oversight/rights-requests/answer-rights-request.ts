import * as contract from '../../../contract/oversight/rights-requests.ts'
import { action } from '../../platform/action.ts'
import { found, Refused } from '../../platform/errors.ts'
import { noteStep } from './note-step.ts'
import { tellOther } from './rights-requests.mails.ts'
import { mayHold } from './rights-requests.policy.ts'
import { lockRequest } from './rights-requests.queries.ts'

/** What was answered to the person, how and when; what is not given says its article and why. */
export const answerRightsRequest = action(contract.answerRightsRequest, {
  load: async ({ params }, { db }) => found(await lockRequest(db, params.requestId)),
  may: (viewer, request) => mayHold(viewer, request),
  run: async (request, { body }, context) => {
    const { answeredOn, outcome, channel, article = null } = body
    const reason = body.reason?.trim() || null
    const grounds = [article, reason].filter(one => one !== null).length
    if (grounds !== (outcome === 'given' ? 0 : 2)) throw new Refused('rights-request/ground-required')
    const reply = await noteStep(request, 'answer', answeredOn, { outcome, channel, article, reason }, context)
    const told = request.handedTo ? await tellOther('answered', request, context) : null
    return {
      reply,
      audit: [
        {
          action: 'rights-request.answered',
          subject: ['rights-request', request.id],
          detail: { answeredOn, outcome, channel, article, late: answeredOn > reply.dueOn, told },
        },
      ],
    }
  },
})
