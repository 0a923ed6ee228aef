import * as contract from '../../../contract/work-with-employers/employer-files/employer-files.ts'
import { action } from '../../platform/action.ts'
import { mayGoOn } from './employer-files.policy.ts'
import { moveFile } from './employer-files.queries.ts'
import { checkAct } from './file-lifecycle-rules.ts'
import { loadLocked, moved } from './moving-file.ts'

export const undoEmployerFile = action(contract.undoEmployerFile, {
  load: loadLocked,
  may: (viewer, file) => mayGoOn(viewer, file),
  run: async (file, _input, context) => {
    checkAct(file, 'undo', context.now)
    await moveFile(context.db, file.id, { state: 'undoing', endedAt: null })
    return moved(file, context, { action: 'employer-file.undo-asked' })
  },
})
