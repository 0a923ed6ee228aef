import * as contract from '../../../contract/work-with-employers/do-not-contact.ts'
import { action } from '../../platform/action.ts'
import { found, Refused } from '../../platform/errors.ts'
import { siretText } from '../../platform/siret.ts'
import { maySettle } from './do-not-contact.policy.ts'
import { endMark, markById } from './do-not-contact.queries.ts'
import { doNotContactReply, readMarks } from './do-not-contact-reply.ts'
import { stands } from './mark-rules.ts'

export const liftDoNotContact = action(contract.liftDoNotContact, {
  load: async ({ params }, { db }) => found(await markById(db, params.markId)),
  may: (viewer, mark) => maySettle(viewer, mark),
  run: async (mark, { body }, context) => {
    const { db, viewer, now, today } = context
    const reason = body.reason.trim()
    const by = { endedBy: viewer.accountId, endedOrganisation: viewer.organisationId }
    const ended =
      stands(mark, today) &&
      (await endMark(db, mark.id, { endedAt: now, endedHow: 'lifted', ...by, endReason: reason }))
    if (!ended) throw new Refused('do-not-contact/ended')
    return {
      reply: doNotContactReply(await readMarks(db, mark.siret), mark, context),
      audit: [
        {
          action: 'do-not-contact.lifted',
          subject: ['establishment', siretText(mark.siret)],
          detail: { before: { id: mark.id, reason: mark.reason, until: mark.until }, after: null, reason },
        },
      ],
    }
  },
})
