import type { Static } from 'typebox'
import type { WatchedView } from '../../../contract/work-with-employers/saved-views/watched-views.ts'
import { newsOf, type WatchRow } from './watched-views.queries.ts'

/** What its view was when it may not be opened any more is not told. */
export const watchReply = (row: WatchRow): Static<typeof WatchedView> => ({
  id: row.id,
  name: row.name,
  view:
    row.viewId && row.list && row.address && (row.campaignId === null || row.campaignName !== null)
      ? {
          id: row.viewId,
          list: row.list,
          address: row.address,
          campaign:
            row.campaignId === null || row.campaignName === null
              ? null
              : { id: row.campaignId, name: row.campaignName },
        }
      : null,
  watchedAt: row.watchedAt.toISOString(),
  readAt: row.readAt.toISOString(),
  news: newsOf(row),
  stopped: row.stoppedAt && row.stoppedFor ? { at: row.stoppedAt.toISOString(), because: row.stoppedFor } : null,
})
