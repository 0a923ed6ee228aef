import * as contract from '../../../contract/work-with-employers/saved-views/watched-views.ts'
import { action } from '../../platform/action.ts'
import { found, Refused } from '../../platform/errors.ts'
import { lookedByHires } from '../../territory-and-register/recruitments/looked-by-hires.ts'
import { findView } from '../saved-views/saved-views.queries.ts'
import { hiresAsked } from './hires-rules.ts'
import { linesOf } from './view-lines.queries.ts'
import { watchReply } from './watch-reply.ts'
import { mostLines, mostWatched } from './watch-rules.ts'
import { mayOpen } from './watched-views.policy.ts'
import { countWatched, putWatch, watchOfView } from './watched-views.queries.ts'

/** What is there now is known: only what comes later is told. */
export const watchView = action(contract.watchView, {
  load: async ({ params: { viewId } }, { db }) => {
    const view = found(await findView(db, viewId))
    // One of a campaign that is seen no more opens nothing.
    if (view.campaignId !== null && view.campaignName === null) throw new Refused('not-found')
    return { view, watched: await countWatched(db, viewId) }
  },
  may: (viewer, { view }) => mayOpen(viewer, view.list),
  run: async ({ view, watched }, _input, { db, now, today, newId, request, viewer }) => {
    if (watched >= mostWatched) throw new Refused('view/too-many-watched')
    const lines = await linesOf(db, view, { now, today }, mostLines + 1)
    if (lines.length > mostLines) throw new Refused('view/too-long-to-watch')
    const { tokenHash } = request
    if (!(await putWatch(db, { id: newId(), view, lines, tokenHash, at: now }))) throw new Refused('not-found')
    const byHires = hiresAsked(view, today)
    return {
      reply: watchReply(found(await watchOfView(db, view.id))),
      audit: [
        { action: 'view.watched', subject: ['view', view.id], detail: { lines: lines.length } },
        // The lines of this moment are read by hires: the worker tells those of the mornings.
        ...(byHires ? lookedByHires(viewer, byHires, { view: view.id }) : []),
      ],
    }
  },
})
