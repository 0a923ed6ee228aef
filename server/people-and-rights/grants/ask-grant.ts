import * as contract from '../../../contract/people-and-rights/grants.ts'
import { profiles } from '../../../contract/route.ts'
import { tellRoles } from '../../notifications/tell.ts'
import { action } from '../../platform/action.ts'
import { found, Refused } from '../../platform/errors.ts'
import { perimeterWithin } from '../organisations/ceiling.queries.ts'
import { askedNotice } from './grants.mails.ts'
import { mayAsk } from './grants.policy.ts'
import { alikeHeld, perimeterKnown } from './grants.queries.ts'
import { requestReply } from './request-reply.ts'
import { findAskedFor, findRequest, insertRequest } from './requests.queries.ts'

export const askGrant = action(contract.askGrant, {
  load: async ({ body }, { db }) => {
    const person = await findAskedFor(db, body.accountId ?? null)
    if (!person) throw new Refused('account/unknown')
    return person
  },
  may: (viewer, person) => mayAsk(viewer, person),
  run: async (person, { body }, { db, viewer, now, today, newId }) => {
    if (person.status === 'deleted') throw new Refused('person/gone')
    const { tool, profile, purpose, perimeter } = body
    if (tool === 'fiche-recrutement' && profile !== 'consultation') throw new Refused('grant/no-such-profile')
    const where = {
      territoryId: 'territoryId' in perimeter ? perimeter.territoryId : null,
      agencyId: 'agencyId' in perimeter ? perimeter.agencyId : null,
    }
    if (!(await perimeterKnown(db, where.territoryId, where.agencyId, person.organisationId)))
      throw new Refused(where.agencyId ? 'agency/unknown' : 'territory/unknown')
    if (!(await perimeterWithin(db, where))) throw new Refused('territory/beyond-structure')
    const held = await alikeHeld(db, { accountId: person.id, tool, ...where }, null, today)
    if (held && profiles.indexOf(held.profile) >= profiles.indexOf(profile)) throw new Refused('grant/already')
    const id = newId()
    const written = await insertRequest(db, {
      id,
      accountId: person.id,
      organisationId: person.organisationId,
      askedBy: viewer.accountId,
      askedAt: now,
      tool,
      profile,
      ...where,
      purpose,
      reason: body.reason.trim(),
    })
    if (!written) throw new Refused('grant-request/pending')
    const told = await tellRoles(
      db,
      { organisationId: person.organisationId, but: [viewer.accountId, person.id] },
      askedNotice(id, { tool, profile }, person.isManager && person.otherManagers === 0),
      { newId, now },
    )
    return {
      reply: { ...requestReply(viewer, found(await findRequest(db, id))), told },
      audit: [
        {
          action: 'grant.asked',
          subject: ['account', person.id],
          detail: { request: id, tool, profile, ...where, purpose, reason: body.reason.trim(), told },
        },
      ],
    }
  },
})
