import * as contract from '../../../contract/oversight/audit.ts'
import { action } from '../../platform/action.ts'
import { found } from '../../platform/errors.ts'
import { entryById } from './entries.queries.ts'
import { entryReply } from './entry-reply.ts'
import { mayReadDetail, mayReadEntry } from './trail.policy.ts'

export const getTrailEntry = action(contract.getTrailEntry, {
  load: async ({ params }, { db }) => found(await entryById(db, params.entryId)),
  may: (viewer, entry) => mayReadEntry(viewer, entry) || 'not-found',
  run: async (entry, _input, { viewer }) => ({
    ...entryReply(entry),
    origin: entry.origin,
    requestId: entry.requestId,
    position: entry.position,
    detail: entry.hasDetail ? entry.detail : null,
    detailState: entry.hasDetail
      ? ('shown' as const)
      : mayReadDetail(viewer, entry)
        ? ('erased' as const)
        : ('withheld' as const),
  }),
})
