import * as contract from '../../../contract/people-and-rights/grants.ts'
import { action } from '../../platform/action.ts'
import { found, Refused } from '../../platform/errors.ts'
import { mayWithdraw } from './grants.policy.ts'
import { requestReply } from './request-reply.ts'
import { findRequest, lockRequest, settleRequest } from './requests.queries.ts'

export const withdrawGrantRequest = action(contract.withdrawGrantRequest, {
  load: async ({ params }, { db }) => found(await lockRequest(db, params.requestId)),
  may: (viewer, request) => mayWithdraw(viewer, request),
  run: async (request, _input, { db, viewer, now }) => {
    if (request.decidedAt) throw new Refused('grant-request/decided')
    await settleRequest(db, request.id, {
      decision: 'withdrawn',
      decidedBy: viewer.accountId,
      decidedAt: now,
      decisionReason: null,
      grantId: null,
    })
    return {
      reply: requestReply(viewer, found(await findRequest(db, request.id))),
      audit: [
        { action: 'grant.request-withdrawn', subject: ['account', request.accountId], detail: { request: request.id } },
      ],
    }
  },
})
