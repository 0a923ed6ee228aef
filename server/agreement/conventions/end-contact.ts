import * as contract from '../../../contract/agreement/conventions.ts'
import { action } from '../../platform/action.ts'
import { found } from '../../platform/errors.ts'
import { endContact as end } from './contacts.queries.ts'
import { mayNameContact } from './conventions.policy.ts'
import { tellOthers } from './tell-others.ts'

export const endContact = action(contract.endContact, {
  load: async () => undefined,
  may: (viewer, _subject, { query }) => mayNameContact(viewer, query.regionId ?? null),
  run: async (_subject, { params: { role }, query }, context) => {
    const { viewer } = context
    const regionId = query.regionId ?? null
    found((await end(context.db, viewer.organisationId, role, regionId, context.now)) || null)
    const { told, partners } = await tellOthers(
      viewer.organisationKind === 'operateur' ? 'operateur' : 'partenaire',
      regionId,
      role,
      context,
    )
    return {
      reply: { told, partners },
      audit: [
        {
          action: 'contact.ended',
          subject: ['organisation', viewer.organisationId],
          detail: { role, regionId, told, partners },
        },
      ],
    }
  },
})
