import * as contract from '../../../contract/people-and-rights/uploads.ts'
import { action } from '../../platform/action.ts'
import { found } from '../../platform/errors.ts'
import { uploadReply } from './upload-reply.ts'
import { mayReadUpload } from './uploads.policy.ts'
import { uploadById } from './uploads.queries.ts'

export const getUpload = action(contract.getUpload, {
  load: async ({ params }, { db }) => found(await uploadById(db, params.uploadId)),
  may: (viewer, upload) => mayReadUpload(viewer, upload),
  run: async upload => uploadReply(upload),
})
