import * as contract from '../../../contract/work-with-employers/drafts.ts'
import { action } from '../../platform/action.ts'
import { draftReply } from './draft-reply.ts'
import { mayReadDraft } from './drafts.policy.ts'
import { findDraft } from './drafts.queries.ts'

export const getDraft = action(contract.getDraft, {
  load: async ({ params }, { db }) => (await findDraft(db, params.kind, params.subject)) ?? null,
  may: (viewer, draft) => draft === null || mayReadDraft(viewer, draft) || 'not-found',
  run: async (draft, _input, context) => ({ draft: draft && draftReply(draft, context) }),
})
