import * as contract from '../../../contract/people-and-rights/reviews.ts'
import { action } from '../../platform/action.ts'
import { keyShapes, pageOf, readCursor } from '../../platform/cursor.ts'
import { holdsRole } from '../../platform/viewer.ts'
import { mayFollowReviews } from './reviews.policy.ts'
import { listDue } from './reviews.queries.ts'

const never = '9999-12-31'
export const listReviewsDue = action(contract.listReviewsDue, {
  load: async ({ query: { after, limit = 50, late } }, { db, today }) => {
    const key = readCursor(after, keyShapes.day, keyShapes.id)
    const rows = await listDue(db, today, { late, after: key && { dueOn: key[0]!, id: key[1]! }, limit })
    return { page: pageOf(rows, limit, row => [row.dueOn ?? never, row.organisation.id]), today }
  },
  may: viewer => mayFollowReviews(viewer),
  run: async ({ page, today }, _input, { viewer }) => ({
    items: page.rows.map(({ organisation, dueOn, lastClosedAt, open }) => ({
      organisation,
      dueOn,
      late: dueOn !== null && dueOn < today,
      lastClosedAt: lastClosedAt?.toISOString() ?? null,
      open: open && { ...open, startedAt: new Date(open.startedAt).toISOString() },
      allowed:
        open === null && dueOn !== null && organisation.id === viewer.organisationId && holdsRole(viewer, 'rgc')
          ? ['start' as const]
          : [],
    })),
    next: page.next,
  }),
})
