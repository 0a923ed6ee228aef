import * as contract from '../../contract/portal.ts'
import { action } from '../platform/action.ts'
import { Refused } from '../platform/errors.ts'
import { designatedRequester, insertAccessRequest } from './people.queries.ts'
import { accessRequestReply } from './portal-reply.ts'
import { mayRequestAccess } from './portal.policy.ts'

export const requestAccess = action(contract.requestAccess, {
  load: (_input, { db }) => designatedRequester(db),
  may: mayRequestAccess,
  run: async (_designated, { body: { people, message } }, { db, newId, now, viewer }) => {
    const row = { id: newId(), organisationId: viewer.organisationId, requestedBy: viewer.accountId, people, message: message.trim(), requestedAt: now }
    if (await insertAccessRequest(db, row) === 0) throw new Refused('access-request/pending')
    return {
      reply: accessRequestReply({ ...row, organisationName: viewer.organisationName, organisationKind: viewer.organisationKind, byId: viewer.accountId, byName: `${viewer.givenName} ${viewer.familyName}`, byOrganisationId: viewer.organisationId, decision: null, decidedAt: null, reason: null }, false),
      audit: [{ action: 'access.requested', subject: ['access-request', row.id], detail: { people, message } }],
    }
  },
})
