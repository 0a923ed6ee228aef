import * as contract from '../../../contract/work-with-employers/employer-files/employer-files.ts'
import { action } from '../../platform/action.ts'
import { mayReadFile } from './employer-files.policy.ts'
import { removeFile } from './employer-files.queries.ts'
import { checkAct } from './file-lifecycle-rules.ts'
import { loadLocked } from './moving-file.ts'

/** Nothing was created: its rows go with it. */
export const forgetEmployerFile = action(contract.forgetEmployerFile, {
  load: loadLocked,
  may: (viewer, file) => mayReadFile(viewer, file),
  run: async (file, _input, { db, now }) => {
    checkAct(file, 'forget', now)
    await removeFile(db, file.id)
    return {
      reply: {},
      audit: [
        {
          action: 'employer-file.forgotten',
          subject: ['employer-file', file.id],
          detail: { sha256: file.sha256, rows: file.rows },
        },
      ],
    }
  },
})
