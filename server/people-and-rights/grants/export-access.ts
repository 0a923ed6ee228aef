import * as contract from '../../../contract/people-and-rights/grants.ts'
import { action } from '../../platform/action.ts'
import { Refused } from '../../platform/errors.ts'
import { listAccess } from './access.queries.ts'
import { accessCsv } from './access-csv-rules.ts'
import { accessReply } from './access-reply.ts'
import { mayReadAccess } from './grants.policy.ts'

const mostLines = 100_000
/** The whole of the list, named for its purpose and in the trail (PRI-5). */
export const exportAccess = action(contract.exportAccess, {
  load: async ({ body: { on, purpose: _, ...filter } }, { db, today }) => {
    if (on && on > today) throw new Refused('access-on/in-future')
    return listAccess(db, { ...filter, q: filter.q?.trim(), on: on ?? today, today }, 'name', undefined, mostLines)
  },
  may: viewer => mayReadAccess(viewer),
  run: async (rows, { body }, { viewer, today }) => {
    const on = body.on ?? today
    return {
      reply: { fileName: `habilitations-${on}.csv`, text: accessCsv(rows.map(accessReply)), lines: rows.length },
      audit: [
        {
          action: 'access.exported',
          subject: ['organisation', viewer.organisationId],
          detail: { ...body, on, lines: rows.length },
        },
      ],
    }
  },
})
