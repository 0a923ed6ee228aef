import * as contract from '../../../contract/agreement/access-requests.ts'
import { action } from '../../platform/action.ts'
import { designatedRequester, ownColleagues, listAccessRequests as select } from './access-requests.queries.ts'
import { mayDecideRequest, mayDesignate, mayRequestAccess } from './tools.policy.ts'
import { accessRequestReply } from './tools-reply.ts'

export const listAccessRequests = action(contract.listAccessRequests, {
  load: async (_input, { db }) => {
    const [rows, designated, colleagues] = await Promise.all([select(db), designatedRequester(db), ownColleagues(db)])
    return { rows, designated, colleagues }
  },
  may: () => true, // row-level security chose the rows
  run: async ({ rows, designated, colleagues }, _input, { viewer }) => {
    const pending = rows.some(r => r.organisationId === viewer.organisationId && r.decidedAt === null)
    return {
      items: rows.map(row => accessRequestReply(row, mayDecideRequest(viewer) === true)),
      designated: designated
        ? {
            person: { id: designated.accountId, name: designated.name, organisationId: designated.organisationId },
            since: designated.since.toISOString(),
          }
        : null,
      candidates: [...colleagues],
      allowed: [
        ...(mayRequestAccess(viewer, designated) === true && !pending ? ['request' as const] : []),
        ...(mayDesignate(viewer) === true ? ['designate' as const] : []),
      ],
    }
  },
})
