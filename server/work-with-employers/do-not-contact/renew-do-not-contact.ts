import * as contract from '../../../contract/work-with-employers/do-not-contact.ts'
import { action } from '../../platform/action.ts'
import { found, Refused } from '../../platform/errors.ts'
import { siretText } from '../../platform/siret.ts'
import { mayMark, maySettle } from './do-not-contact.policy.ts'
import { endMark, insertMark, markById } from './do-not-contact.queries.ts'
import { doNotContactReply, readMarks } from './do-not-contact-reply.ts'
import { checkUntil, stands } from './mark-rules.ts'

export const renewDoNotContact = action(contract.renewDoNotContact, {
  load: async ({ params }, { db }) => found(await markById(db, params.markId)),
  may: (viewer, mark) => {
    const verdict = maySettle(viewer, mark)
    return verdict === true ? mayMark(viewer, mark) : verdict
  },
  run: async (mark, { body: { reason, until } }, context) => {
    const { db, viewer, now, today, newId } = context
    checkUntil(until, today)
    const by = { endedBy: viewer.accountId, endedOrganisation: viewer.organisationId }
    const ended =
      stands(mark, today) && (await endMark(db, mark.id, { endedAt: now, endedHow: 'renewed', ...by, endReason: null }))
    if (!ended) throw new Refused('do-not-contact/ended')
    const { siret, regionId, departementId, epciId, clpeId, origin } = mark
    const place = { siret, regionId, departementId, epciId, clpeId }
    const next = { id: newId(), origin, reason: reason.trim(), startsOn: today, until }
    const author = { organisationId: viewer.organisationId, authorId: viewer.accountId, markedAt: now }
    await insertMark(db, { ...place, ...next, ...author })
    return {
      reply: doNotContactReply(await readMarks(db, siret), place, context),
      audit: [
        {
          action: 'do-not-contact.renewed',
          subject: ['establishment', siretText(siret)],
          detail: { before: { id: mark.id, reason: mark.reason, until: mark.until }, after: next },
        },
      ],
    }
  },
})
