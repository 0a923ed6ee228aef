import * as contract from '../../../contract/work-with-employers/saved-views/watched-views.ts'
import { action } from '../../platform/action.ts'
import { found, Refused } from '../../platform/errors.ts'
import { deleteWatch, watchById } from './watched-views.queries.ts'

/** Whatever became of its view. */
export const unwatchView = action(contract.unwatchView, {
  load: async ({ params: { watchId } }, { db }) => found(await watchById(db, watchId)),
  may: () => true, // row-level security chose one's own
  run: async ({ id, viewId, name }, _input, { db, viewer }) => {
    if ((await deleteWatch(db, id)) === 0) throw new Refused('not-found') // stopped meanwhile, on another screen
    return {
      reply: { id },
      audit: [
        {
          action: 'view.unwatched',
          subject: viewId ? ['view', viewId] : ['account', viewer.accountId],
          detail: { name },
        },
      ],
    }
  },
})
