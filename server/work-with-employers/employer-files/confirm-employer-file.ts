import * as contract from '../../../contract/work-with-employers/employer-files/employer-files.ts'
import { action } from '../../platform/action.ts'
import { mayGoOn } from './employer-files.policy.ts'
import { moveFile } from './employer-files.queries.ts'
import { checkAct } from './file-lifecycle-rules.ts'
import { loadLocked, moved } from './moving-file.ts'

export const confirmEmployerFile = action(contract.confirmEmployerFile, {
  load: loadLocked,
  may: (viewer, file) => mayGoOn(viewer, file),
  run: async (file, _input, context) => {
    checkAct(file, 'confirm', context.now)
    await moveFile(context.db, file.id, { state: 'doing', askedAt: context.now })
    return moved(file, context, { action: 'employer-file.confirmed', detail: { visibility: file.visibility } })
  },
})
