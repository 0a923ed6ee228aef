import * as contract from '../../../contract/agreement/access-requests.ts'
import { tellRoles } from '../../notifications/tell.ts'
import { action } from '../../platform/action.ts'
import { Refused } from '../../platform/errors.ts'
import { designatedRequester, insertAccessRequest } from './access-requests.queries.ts'
import { requestedNotice } from './tools.mails.ts'
import { mayRequestAccess } from './tools.policy.ts'
import { accessRequestReply } from './tools-reply.ts'

export const requestAccess = action(contract.requestAccess, {
  load: (_input, { db }) => designatedRequester(db),
  may: mayRequestAccess,
  run: async (_designated, { body: { people, message } }, { db, newId, now, viewer }) => {
    const row = {
      id: newId(),
      organisationId: viewer.organisationId,
      requestedBy: viewer.accountId,
      people,
      message: message.trim(),
      requestedAt: now,
    }
    if ((await insertAccessRequest(db, row)) === 0) throw new Refused('access-request/pending')
    const told = await tellRoles(
      db,
      { organisationId: viewer.organisationId },
      requestedNotice(row.id, viewer.organisationName, people),
      { newId, now },
    )
    return {
      reply: {
        ...accessRequestReply(
          {
            ...row,
            organisationName: viewer.organisationName,
            organisationKind: viewer.organisationKind,
            byId: viewer.accountId,
            byName: `${viewer.givenName} ${viewer.familyName}`,
            byOrganisationId: viewer.organisationId,
            decision: null,
            decidedAt: null,
            reason: null,
            inForce: true,
          },
          false,
        ),
        told,
      },
      audit: [{ action: 'access.requested', subject: ['access-request', row.id], detail: { people, message, told } }],
    }
  },
})
