import * as contract from '../../../contract/people-and-rights/uploads.ts'
import { action } from '../../platform/action.ts'
import { found } from '../../platform/errors.ts'
import { mayReadUpload } from './uploads.policy.ts'
import { removeUpload, uploadById } from './uploads.queries.ts'

export const dropUpload = action(contract.dropUpload, {
  load: async ({ params }, { db }) => found(await uploadById(db, params.uploadId)),
  may: (viewer, upload) => mayReadUpload(viewer, upload),
  run: async ({ id, name, size }, _input, { db }) => ({
    reply: { dropped: await removeUpload(db, id) },
    audit: [{ action: 'upload.dropped', subject: ['upload', id], detail: { name, size } }],
  }),
})
