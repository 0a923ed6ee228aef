import * as contract from '../../../contract/agreement/tools.ts'
import { tellPerson } from '../../notifications/tell.ts'
import { action } from '../../platform/action.ts'
import { found, Refused } from '../../platform/errors.ts'
import { decideAccessRequest as decide, findAccessRequest } from './access-requests.queries.ts'
import { decidedMail } from './tools.mails.ts'
import { mayDecideRequest } from './tools.policy.ts'
import { accessRequestReply } from './tools-reply.ts'

export const decideAccessRequest = action(contract.decideAccessRequest, {
  load: async ({ params: { requestId } }, { db }) => found(await findAccessRequest(db, requestId)),
  may: mayDecideRequest,
  run: async (request, { body: { decision, reason } }, { db, newId, now, viewer }) => {
    if ((await decide(db, request.id, { decision, reason, decidedBy: viewer.accountId, decidedAt: now })) === 0)
      throw new Refused('access-request/already-decided')
    await tellPerson(db, decidedMail(request, decision, reason), { newId, now })
    return {
      reply: accessRequestReply({ ...request, decision, reason, decidedAt: now }, false),
      audit: [{ action: 'access.decided', subject: ['access-request', request.id], detail: { decision, reason } }],
    }
  },
})
