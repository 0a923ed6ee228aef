import * as contract from '../../../contract/agreement/access-requests.ts'
import { tellPerson, tellRoles } from '../../notifications/tell.ts'
import { action } from '../../platform/action.ts'
import { found, Refused } from '../../platform/errors.ts'
import { decideAccessRequest as decide, findAccessRequest } from './access-requests.queries.ts'
import { acceptedNotice, decidedMail } from './tools.mails.ts'
import { mayDecideRequest } from './tools.policy.ts'
import { accessRequestReply } from './tools-reply.ts'

export const decideAccessRequest = action(contract.decideAccessRequest, {
  load: async ({ params: { requestId } }, { db }) => found(await findAccessRequest(db, requestId)),
  may: mayDecideRequest,
  run: async (request, { body: { decision, reason } }, { db, newId, now, viewer }) => {
    if ((await decide(db, request.id, { decision, reason, decidedBy: viewer.accountId, decidedAt: now })) === 0)
      throw new Refused('access-request/already-decided')
    await tellPerson(db, decidedMail(request, decision, reason), { newId, now })
    const told =
      decision === 'accepted'
        ? await tellRoles(
            db,
            { organisationId: request.organisationId, but: [viewer.accountId, request.byId] },
            acceptedNotice(request),
            { newId, now },
          )
        : null
    return {
      reply: { ...accessRequestReply({ ...request, decision, reason, decidedAt: now }, false), told },
      audit: [
        {
          action: 'access.decided',
          subject: ['access-request', request.id],
          detail: { decision, reason, ...(told ? { told } : {}) },
        },
      ],
    }
  },
})
