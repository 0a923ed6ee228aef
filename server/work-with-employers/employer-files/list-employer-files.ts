import * as contract from '../../../contract/work-with-employers/employer-files/employer-files.ts'
import { action } from '../../platform/action.ts'
import { fileReply } from './employer-file-reply.ts'
import { mayOpenFile } from './employer-files.policy.ts'
import { listFiles, tallies } from './employer-files.queries.ts'

export const listEmployerFiles = action(contract.listEmployerFiles, {
  load: async ({ query: { running = false } }, { db }) => {
    const files = await listFiles(db, running)
    const some = await tallies(
      db,
      files.map(({ id }) => id),
    )
    return { files, some: Map.groupBy(some, ({ fileId }) => fileId) }
  },
  may: viewer => mayOpenFile(viewer),
  run: async ({ files, some }, _input, { now }) => ({
    items: files.map(file => fileReply(file, some.get(file.id) ?? [], now)),
  }),
})
