import * as contract from '../../../contract/work-with-employers/employer-files/employer-files.ts'
import { action } from '../../platform/action.ts'
import { found } from '../../platform/errors.ts'
import { fileReply } from './employer-file-reply.ts'
import { mayReadFile } from './employer-files.policy.ts'
import { findFile, tallies } from './employer-files.queries.ts'

export const getEmployerFile = action(contract.getEmployerFile, {
  load: async ({ params: { fileId } }, { db }) => {
    const [file, some] = await Promise.all([findFile(db, fileId), tallies(db, [fileId])])
    return { file: found(file), some }
  },
  may: (viewer, { file }) => mayReadFile(viewer, file),
  run: async ({ file, some }, _input, { now }) => fileReply(file, some, now),
})
