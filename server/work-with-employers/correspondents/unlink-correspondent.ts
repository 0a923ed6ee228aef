import * as contract from '../../../contract/work-with-employers/correspondents.ts'
import { action } from '../../platform/action.ts'
import { Refused } from '../../platform/errors.ts'
import { correspondentReply } from './correspondent-reply.ts'
import { touchCorrespondent } from './correspondent-writes.queries.ts'
import { mayUnlink } from './correspondents.policy.ts'
import { findCorrespondent } from './correspondents.queries.ts'
import { retireLink } from './links.queries.ts'
import { checkNotMerged, checkNotObjected, checkVersion, loadLocked, writingOf } from './settling.ts'

/** Rights go with the link: whoever read the person by it alone reads them no more. */
export const unlinkCorrespondent = action(contract.unlinkCorrespondent, {
  load: async ({ params }, context) => {
    const person = await loadLocked(params.correspondentId, context)
    const link = person.links.find(({ siret }) => siret === Number(params.siret))
    if (!link) throw new Refused('correspondent/not-linked')
    return { person, link }
  },
  may: (viewer, { link }) => mayUnlink(viewer, link),
  run: async ({ person, link }, { body: { reason }, ifMatch }, context) => {
    const { db, viewer } = context
    checkNotMerged(person)
    checkNotObjected(person)
    checkVersion(person, ifMatch, context)
    // The version first: the right to change the person may go with the link.
    await touchCorrespondent(db, person.id, viewer.organisationId, {})
    await retireLink(db, link.id, reason, writingOf(context))
    const left = await findCorrespondent(db, person.id)
    return {
      reply: { correspondent: left ? correspondentReply(left, context) : null },
      audit: [
        {
          action: 'correspondent.unlinked',
          subject: ['correspondent', person.id],
          detail: { siret: person.siret, version: person.version, from: link.siret, reason },
        },
      ],
    }
  },
})
