import * as contract from '../../../contract/oversight/rights-requests.ts'
import { action } from '../../platform/action.ts'
import { keyShapes, pageOf, readCursor } from '../../platform/cursor.ts'
import { requestReply } from './rights-request-reply.ts'
import { mayEnter } from './rights-requests.policy.ts'
import { countRequests, requestsInState } from './rights-requests.queries.ts'

export const listRightsRequests = action(contract.listRightsRequests, {
  load: async ({ query: { state, after, limit = 50, total } }, { db }) => ({
    page: pageOf(
      await requestsInState(db, state, readCursor(after, keyShapes.day, keyShapes.id), limit),
      limit,
      row => [row.receivedOn, row.id],
    ),
    total: total ? await countRequests(db, state) : undefined,
  }),
  may: viewer => mayEnter(viewer),
  run: async ({ page, total }, _input, { viewer, today }) => ({
    items: page.rows.map(row => requestReply(viewer, row, today)),
    next: page.next,
    ...(total === undefined ? {} : { total }),
  }),
})
