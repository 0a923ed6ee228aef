import * as contract from '../../../contract/agreement/conventions.ts'
import { action } from '../../platform/action.ts'
import { found } from '../../platform/errors.ts'
import { conventionReply, narrowReply } from './convention-reply-rules.ts'
import { mayRead, reachOf } from './conventions.policy.ts'
import { holdersUnder, isStaff, loadConvention } from './conventions.queries.ts'

export const getConvention = action(contract.getConvention, {
  load: async ({ params }, { db, now }) => {
    const [loaded, holders, staff] = await Promise.all([
      loadConvention(db, params.conventionId),
      holdersUnder(db, params.conventionId, now),
      isStaff(db),
    ])
    return { ...found(loaded), holders, staff }
  },
  may: (viewer, { convention }) => mayRead(viewer, convention),
  run: async (loaded, _input, { viewer, now }) => {
    const reach = reachOf(viewer, loaded.convention, loaded.staff)
    return reach === 'file'
      ? conventionReply(viewer, loaded, loaded.holders, now)
      : narrowReply(viewer, loaded, reach, now)
  },
})
