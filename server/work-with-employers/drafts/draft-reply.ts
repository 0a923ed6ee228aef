import type { Static } from 'typebox'
import type * as contract from '../../../contract/work-with-employers/drafts.ts'
import type { Context } from '../../platform/action.ts'
import { whereTyped } from './draft-rules.ts'
import type { DraftRow } from './drafts.queries.ts'

type Here = Pick<Context, 'viewer' | 'request'>

export const savedReply = (
  {
    kind,
    subject,
    startedAt,
    savedAt,
    sessionId,
    device,
    title,
    path,
    ofVersion,
  }: Omit<DraftRow, 'content' | 'sendKey'>,
  { viewer, request }: Here,
) => ({
  kind,
  subject,
  startedAt: startedAt.toISOString(),
  savedAt: savedAt.toISOString(),
  device,
  place: whereTyped({ sessionId, device }, { sessionId: viewer.sessionId, device: request.device }),
  form: title !== null && path !== null ? { title, path, version: ofVersion } : null,
})
export const draftReply = (row: DraftRow, here: Here): Static<typeof contract.Draft> => ({
  ...savedReply(row, here),
  content: { ...row.content },
  version: row.version,
  sendKey: row.sendKey,
})
