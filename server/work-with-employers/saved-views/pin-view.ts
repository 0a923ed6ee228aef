import * as contract from '../../../contract/work-with-employers/saved-views.ts'
import { action } from '../../platform/action.ts'
import { found } from '../../platform/errors.ts'
import { deletePin, findView, insertPin } from './saved-views.queries.ts'
import { viewReply } from './view-reply.ts'

/** In one’s own menu. Twice changes nothing. */
export const pinView = action(contract.pinView, {
  load: async ({ params: { viewId } }, { db }) => found(await findView(db, viewId)),
  may: () => true, // one's own menu; the view may be read
  run: async (view, { body: { pinned } }, { db, viewer, now }) => {
    if (pinned) await insertPin(db, viewer.accountId, view.id, now)
    else await deletePin(db, viewer.accountId, view.id)
    return {
      reply: viewReply(viewer, { ...view, pinned }),
      audit: [{ action: pinned ? 'view.pinned' : 'view.unpinned', subject: ['view', view.id] }],
    }
  },
})
