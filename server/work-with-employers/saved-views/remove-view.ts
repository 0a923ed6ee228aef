import * as contract from '../../../contract/work-with-employers/saved-views.ts'
import { action } from '../../platform/action.ts'
import { found, Refused } from '../../platform/errors.ts'
import { mayRemoveView } from './saved-views.policy.ts'
import { deleteView, findView } from './saved-views.queries.ts'

export const removeView = action(contract.removeView, {
  load: async ({ params: { viewId } }, { db }) => found(await findView(db, viewId)),
  may: (viewer, view) => mayRemoveView(viewer, view),
  run: async ({ id, name, list, sharedWith }, _input, { db }) => {
    if ((await deleteView(db, id)) === 0) throw new Refused('not-found') // removed meanwhile
    return {
      reply: { id },
      audit: [{ action: 'view.removed', subject: ['view', id], detail: { name, list, sharedWith } }],
    }
  },
})
