import * as contract from '../../../contract/work-with-employers/do-not-contact.ts'
import { action } from '../../platform/action.ts'
import { Refused } from '../../platform/errors.ts'
import { siretText } from '../../platform/siret.ts'
import { heldPlace } from '../../territory-and-register/establishments/places.queries.ts'
import { mayMark } from './do-not-contact.policy.ts'
import { insertMark } from './do-not-contact.queries.ts'
import { doNotContactReply, readMarks } from './do-not-contact-reply.ts'
import { checkUntil } from './mark-rules.ts'

export const markDoNotContact = action(contract.markDoNotContact, {
  load: async ({ params }, { db }) => {
    const siret = Number(params.siret)
    const place = await heldPlace(db, siret)
    if (!place) throw new Refused('establishment/unknown')
    return place
  },
  may: (viewer, place) => mayMark(viewer, place),
  run: async ({ name: _, ...place }, { body: { origin, reason, until } }, context) => {
    const { db, viewer, now, today, newId } = context
    checkUntil(until, today)
    const mark = { id: newId(), origin, reason: reason.trim(), startsOn: today, until }
    const by = { organisationId: viewer.organisationId, authorId: viewer.accountId, markedAt: now }
    await insertMark(db, { ...place, ...mark, ...by })
    return {
      reply: doNotContactReply(await readMarks(db, place.siret), place, context),
      audit: [
        {
          action: 'do-not-contact.marked',
          subject: ['establishment', siretText(place.siret)],
          detail: { before: null, after: mark },
        },
      ],
    }
  },
})
