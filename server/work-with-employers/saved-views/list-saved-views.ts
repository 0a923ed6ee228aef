import * as contract from '../../../contract/work-with-employers/saved-views.ts'
import { action } from '../../platform/action.ts'
import { listViews } from './saved-views.queries.ts'
import { viewReply } from './view-reply.ts'

export const listSavedViews = action(contract.listSavedViews, {
  load: ({ query }, { db }) => listViews(db, query),
  may: () => true, // row-level security chose the rows
  run: async (rows, _input, { viewer }) => ({ items: rows.map(row => viewReply(viewer, row)) }),
})
