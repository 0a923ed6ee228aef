import * as contract from '../../../contract/work-with-employers/needs.ts'
import { action } from '../../platform/action.ts'
import { Refused } from '../../platform/errors.ts'
import { establishmentPlace } from '../../territory-and-register/establishments/places.queries.ts'
import { holdProvisional } from '../../territory-and-register/establishments/provisional.queries.ts'
import { knownOf, namedIn, saidOf, toldOf } from './need-input.ts'
import { needReplyById } from './need-reply.ts'
import { insertNeed } from './need-writes.queries.ts'
import { mayNoteNeed } from './needs.policy.ts'
import { isOwnExchange } from './needs.queries.ts'

export const noteNeed = action(contract.noteNeed, {
  load: async ({ params, body }, context) => {
    const { db } = context
    const siret = Number(params.siret)
    const [, place, known, ownExchange] = await Promise.all([
      holdProvisional(db, siret),
      establishmentPlace(db, siret),
      knownOf(body, siret, context),
      body.exchangeId ? isOwnExchange(db, body.exchangeId, siret) : true,
    ])
    if (!place) throw new Refused('establishment/unknown')
    return { place, known, ownExchange }
  },
  may: (viewer, { place }) => mayNoteNeed(viewer, place),
  run: async ({ place: { name: _, ...place }, known, ownExchange }, { body }, context) => {
    const { db, viewer, now, today, newId } = context
    if (!ownExchange) throw new Refused('need/exchange-elsewhere')
    const said = saidOf(body, namedIn(viewer, body, known, null))
    const need = { ...place, id: newId(), exchangeId: body.exchangeId ?? null, notedOn: today }
    const writing = { organisationId: viewer.organisationId, authorId: viewer.accountId, at: now }
    const sha256 = await insertNeed(db, need, said, writing)
    return {
      reply: await needReplyById(need.id, context),
      audit: [
        {
          action: 'need.noted',
          subject: ['need', need.id],
          detail: { siret: need.siret, version: 1, sha256, before: null, after: toldOf(said) },
        },
      ],
    }
  },
})
