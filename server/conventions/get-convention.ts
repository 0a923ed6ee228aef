import * as contract from '../../contract/conventions.ts'
import { action } from '../platform/action.ts'
import { found } from '../platform/errors.ts'
import { conventionReply } from './convention-rules.ts'
import { mayRead } from './conventions.policy.ts'
import { holdersUnder, loadConvention } from './conventions.queries.ts'

export const getConvention = action(contract.getConvention, {
  load: async ({ params }, { db, now }) => {
    const [loaded, holders] = await Promise.all([loadConvention(db, params.conventionId), holdersUnder(db, params.conventionId, now)])
    return { ...found(loaded), holders }
  },
  may: (viewer, { convention }) => mayRead(viewer, convention),
  run: async (loaded, _input, { viewer, now }) => conventionReply(viewer, loaded, loaded.holders, now),
})
