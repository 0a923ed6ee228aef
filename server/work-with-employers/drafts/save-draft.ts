import * as contract from '../../../contract/work-with-employers/drafts.ts'
import { action } from '../../platform/action.ts'
import { Refused } from '../../platform/errors.ts'
import { draftReply } from './draft-reply.ts'
import { checkContent, checkCount, checkSubject } from './draft-rules.ts'
import { mayReadDraft } from './drafts.policy.ts'
import { countDrafts, findDraft, putDraft } from './drafts.queries.ts'

export const saveDraft = action(contract.saveDraft, {
  load: async ({ params }, { db }) => {
    const [present, count] = await Promise.all([findDraft(db, params.kind, params.subject), countDrafts(db)])
    return { present: present ?? null, count }
  },
  may: (viewer, { present }) => present === null || mayReadDraft(viewer, present) || 'not-found',
  run: async ({ present, count }, { params, body }, context) => {
    checkSubject(params.kind, params.subject)
    checkContent(body.content)
    checkCount(count, present)
    const { db, viewer, now, request } = context
    const saved = await putDraft(
      db,
      {
        accountId: viewer.accountId,
        kind: params.kind,
        subject: params.subject,
        content: body.content,
        savedAt: now,
        sessionId: viewer.sessionId,
        device: request.device,
      },
      body.seen,
    )
    if (saved) return draftReply(saved, context)
    const current = await findDraft(db, params.kind, params.subject)
    throw new Refused('draft/newer-elsewhere', { current: current && draftReply(current, context) })
  },
})
