import * as contract from '../../../contract/oversight/rights-requests.ts'
import { action } from '../../platform/action.ts'
import { found } from '../../platform/errors.ts'
import { requestReply } from './rights-request-reply.ts'
import { mayRead } from './rights-requests.policy.ts'
import { findRequest } from './rights-requests.queries.ts'

export const getRightsRequest = action(contract.getRightsRequest, {
  load: async ({ params }, { db }) => found(await findRequest(db, params.requestId)),
  may: (viewer, request) => mayRead(viewer, request),
  run: async (request, _input, { viewer, today }) => requestReply(viewer, request, today),
})
