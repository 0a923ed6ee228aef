import * as contract from '../../../contract/work-with-employers/employer-files/employer-files.ts'
import { action } from '../../platform/action.ts'
import { found } from '../../platform/errors.ts'
import { readFile } from './employer-file-reply.ts'
import { mayGoOn } from './employer-files.policy.ts'
import { insertLines, lockFile } from './employer-files.queries.ts'
import { checkAct } from './file-lifecycle-rules.ts'
import { recogniseRows } from './recognise-rows.ts'

export const sendFileRows = action(contract.sendFileRows, {
  load: async ({ params: { fileId } }, { db }) => found(await lockFile(db, fileId)),
  may: (viewer, file) => mayGoOn(viewer, file),
  run: async (file, { body: { rows } }, context) => {
    const { db, now } = context
    checkAct(file, 'send', now)
    const received = await insertLines(db, file.id, await recogniseRows(db, rows))
    return {
      reply: await readFile(db, file.id, context),
      audit: [
        {
          action: 'employer-file.received',
          subject: ['employer-file', file.id],
          detail: { first: rows[0]!.line, rows: received },
        },
      ],
    }
  },
})
