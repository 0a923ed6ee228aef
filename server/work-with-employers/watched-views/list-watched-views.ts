import * as contract from '../../../contract/work-with-employers/saved-views/watched-views.ts'
import { action } from '../../platform/action.ts'
import { watchReply } from './watch-reply.ts'
import { listWatches } from './watched-views.queries.ts'

export const listWatchedViews = action(contract.listWatchedViews, {
  load: (_input, { db }) => listWatches(db),
  may: () => true, // row-level security chose one's own
  run: async rows => ({ items: rows.map(watchReply) }),
})
