import * as contract from '../../../contract/agreement/portal.ts'
import { tellPerson } from '../../notifications/tell.ts'
import { action } from '../../platform/action.ts'
import { found, Refused } from '../../platform/errors.ts'
import { decideAccessRequest as decide, findAccessRequest } from './people.queries.ts'
import { mayPublish } from './portal.policy.ts'
import { accessRequestReply } from './portal-reply.ts'

export const decideAccessRequest = action(contract.decideAccessRequest, {
  load: async ({ params: { requestId } }, { db }) => found(await findAccessRequest(db, requestId)),
  may: mayPublish,
  run: async (request, { body: { decision, reason } }, { db, newId, now, viewer }) => {
    if ((await decide(db, request.id, { decision, reason, decidedBy: viewer.accountId, decidedAt: now })) === 0)
      throw new Refused('access-request/already-decided')
    await tellPerson(
      db,
      {
        kind: 'access-request-decided',
        to: { accountId: request.byId },
        about: ['access-request', request.id],
        path: '/demandes-d-acces',
        subject: `Votre demande d’accès est ${decision === 'accepted' ? 'acceptée' : 'refusée'}`,
        text: `La demande d’accès à la plateforme que vous avez déposée pour votre structure est ${decision === 'accepted' ? 'acceptée' : 'refusée'}.\n\nMotif donné par l’opérateur : ${reason}`,
        why: 'votre structure vous a désigné pour demander son accès à la plateforme',
      },
      { newId, now },
    )
    return {
      reply: accessRequestReply({ ...request, decision, reason, decidedAt: now }, false),
      audit: [{ action: 'access.decided', subject: ['access-request', request.id], detail: { decision, reason } }],
    }
  },
})
