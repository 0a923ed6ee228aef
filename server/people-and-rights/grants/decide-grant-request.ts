import * as contract from '../../../contract/people-and-rights/grants.ts'
import { tellPerson } from '../../notifications/tell.ts'
import { action } from '../../platform/action.ts'
import { found, Refused } from '../../platform/errors.ts'
import { correcting } from '../anomalies/correcting.ts'
import { lockPerson } from '../people/people.queries.ts'
import { decideGrant } from './decide-grant.ts'
import { decidedMail } from './grants.mails.ts'
import { mayDecideRequest } from './grants.policy.ts'
import { alikeHeld } from './grants.queries.ts'
import { requestReply } from './request-reply.ts'
import { findRequest, lockRequest, settleRequest } from './requests.queries.ts'

/**
 * An acceptance gives the grant asked, or a smaller profile when the decision says so.
 * A like grant that the person holds ends as this one follows it.
 */
export const decideGrantRequest = action(contract.decideGrantRequest, {
  load: async ({ params }, { db }) => {
    const person = found(await lockPerson(db, found(await findRequest(db, params.requestId)).accountId))
    return { person, request: found(await lockRequest(db, params.requestId)) }
  },
  may: (viewer, { request }) => mayDecideRequest(viewer, request),
  run: async ({ person, request }, { body }, context) => {
    const { db, viewer, now, today, newId } = context
    if (request.decidedAt) throw new Refused('grant-request/decided')
    const reason = body.reason.trim()
    let grant: Awaited<ReturnType<typeof decideGrant>> | null = null
    if (body.decision === 'accepted') {
      const held = await alikeHeld(db, request, null, today)
      const perimeter = request.agencyId ? { agencyId: request.agencyId } : { territoryId: request.territoryId! }
      const asked = {
        tool: request.tool,
        profile: body.profile ?? request.profile,
        perimeter,
        purpose: request.purpose,
        reason: request.reason,
        endsOn: body.endsOn,
        duties: body.duties,
      }
      grant = await correcting(context, [person.id], during => decideGrant(person, asked, held?.id ?? null, during))
    }
    await settleRequest(db, request.id, {
      decision: body.decision,
      decidedBy: viewer.accountId,
      decidedAt: now,
      decisionReason: reason,
      grantId: grant?.id ?? null,
    })
    for (const asker of new Set([request.accountId, request.askedById]))
      await tellPerson(db, decidedMail(asker, request, body.decision, reason), { newId, now })
    return {
      reply: { ...requestReply(viewer, found(await findRequest(db, request.id))), told: grant?.told ?? null },
      audit: [
        {
          action: body.decision === 'accepted' ? 'grant.request-accepted' : 'grant.request-refused',
          subject: ['account', request.accountId],
          detail: { request: request.id, reason },
        },
        ...(grant ? [grant.entry] : []),
      ],
    }
  },
})
