import * as contract from '../../../contract/people-and-rights/uploads.ts'
import { action } from '../../platform/action.ts'
import { Refused } from '../../platform/errors.ts'
import { mostWaiting, sizeRefused } from './piece-rules.ts'
import { begunReply } from './upload-reply.ts'
import { maySend } from './uploads.policy.ts'
import { insertUpload, removeOldest } from './uploads.queries.ts'

/** What is too large or empty is refused before a byte is sent. */
export const beginUpload = action(contract.beginUpload, {
  load: async () => undefined,
  may: viewer => maySend(viewer),
  run: async (_nothing, { body }, { db, viewer, now, newId }) => {
    const refused = sizeRefused(body.size)
    if (refused) throw new Refused(refused)
    const upload = { id: newId(), byId: viewer.accountId, name: body.name.trim(), size: body.size, begunAt: now }
    await insertUpload(db, upload)
    await removeOldest(db, mostWaiting)
    return {
      reply: begunReply(upload),
      audit: [
        { action: 'upload.begun', subject: ['upload', upload.id], detail: { name: upload.name, size: upload.size } },
      ],
    }
  },
})
