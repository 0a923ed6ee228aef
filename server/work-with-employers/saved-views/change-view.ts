import * as contract from '../../../contract/work-with-employers/saved-views.ts'
import { action } from '../../platform/action.ts'
import { found, Refused } from '../../platform/errors.ts'
import { mayChangeView } from './saved-views.policy.ts'
import { findView, updateView } from './saved-views.queries.ts'
import { viewReply } from './view-reply.ts'
import { refusedView } from './view-rules.ts'

export const changeView = action(contract.changeView, {
  load: async ({ params: { viewId } }, { db }) => found(await findView(db, viewId)),
  may: (viewer, view) => mayChangeView(viewer, view),
  run: async (view, { body, ifMatch }, { db, viewer }) => {
    const refused = refusedView(view.list, view.campaignId, body.sharedWith)
    if (refused) throw new Refused(refused)
    const { address, sharedWith } = body
    const name = body.name.trim()
    if ((await updateView(db, view.id, ifMatch!, { name, address, sharedWith })) === 0)
      throw new Refused('request/changed-meanwhile', { current: viewReply(viewer, view) })
    return {
      reply: viewReply(viewer, found(await findView(db, view.id))),
      audit: [
        {
          action: 'view.changed',
          subject: ['view', view.id],
          detail: { before: { name: view.name, sharedWith: view.sharedWith }, after: { name, sharedWith } },
        },
      ],
    }
  },
})
