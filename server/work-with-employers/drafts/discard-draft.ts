import * as contract from '../../../contract/work-with-employers/drafts.ts'
import { action } from '../../platform/action.ts'
import { removeDraft } from './drafts.queries.ts'

export const discardDraft = action(contract.discardDraft, {
  load: async () => null,
  may: () => true, // row-level security leaves one's own
  run: async (_none, { params }, { db }) => ({ discarded: (await removeDraft(db, params.kind, params.subject)) > 0 }),
})
