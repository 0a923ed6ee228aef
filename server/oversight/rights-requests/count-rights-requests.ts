import * as contract from '../../../contract/oversight/rights-requests.ts'
import { action } from '../../platform/action.ts'
import { firstDue } from './deadlines.ts'
import { mayEnter } from './rights-requests.policy.ts'
import { countHeld } from './rights-requests.queries.ts'

/** What the viewer's structure holds and has not closed; once handed over, a request is the other party's. */
export const countRightsRequests = action(contract.countRightsRequests, {
  load: (_input, { db }) => countHeld(db),
  may: viewer => mayEnter(viewer),
  run: async ({ held, firstReceived, extended }) => ({ held, dueOn: firstDue(firstReceived, extended) }),
})
