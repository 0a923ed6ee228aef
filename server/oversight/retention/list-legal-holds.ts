import * as contract from '../../../contract/oversight/retention.ts'
import { action } from '../../platform/action.ts'
import { keyShapes, pageOf, readCursor } from '../../platform/cursor.ts'
import { holdReply } from './hold-reply.ts'
import { countHolds, holdsInState } from './legal-holds.queries.ts'
import { mayReadPurges } from './retention.policy.ts'

export const listLegalHolds = action(contract.listLegalHolds, {
  load: async ({ query: { state, after, limit = 50, total } }, { db, today }) => ({
    page: pageOf(await holdsInState(db, state, today, readCursor(after, keyShapes.id), limit), limit, row => [row.id]),
    total: total ? await countHolds(db, state, today) : undefined,
  }),
  may: viewer => mayReadPurges(viewer),
  run: async ({ page, total }, _input, { viewer, today }) => ({
    items: page.rows.map(row => holdReply(viewer, row, today)),
    next: page.next,
    ...(total === undefined ? {} : { total }),
  }),
})
