import * as contract from '../../../contract/work-with-employers/drafts.ts'
import { action } from '../../platform/action.ts'
import { Refused } from '../../platform/errors.ts'
import { draftReply } from './draft-reply.ts'
import { checkContent, checkRoom, checkSubject } from './draft-rules.ts'
import { mayReadDraft, mayType } from './drafts.policy.ts'
import { findDraft, putDraft, weighDrafts } from './drafts.queries.ts'

export const saveDraft = action(contract.saveDraft, {
  load: async ({ params }, { db }) => {
    const [present, weight] = await Promise.all([findDraft(db, params.kind, params.subject), weighDrafts(db)])
    return { present: present ?? null, weight }
  },
  may: (viewer, { present }, { params }) =>
    present === null || mayReadDraft(viewer, present) ? mayType(viewer, params.kind) : 'not-found',
  run: async ({ present, weight }, { params, body }, context) => {
    checkSubject(params.kind, params.subject)
    checkContent(params.kind, body.content)
    checkRoom(weight, present)
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
        title: body.form?.title ?? null,
        path: body.form?.path ?? null,
        ofVersion: body.form?.version ?? null,
        sendKey: body.sendKey ?? null,
      },
      body.seen,
    )
    if (saved) return draftReply(saved, context)
    const current = await findDraft(db, params.kind, params.subject)
    throw new Refused('draft/newer-elsewhere', { current: current && draftReply(current, context) })
  },
})
