import * as contract from '../../../contract/work-with-employers/employer-files/employer-files.ts'
import { action } from '../../platform/action.ts'
import { mayGoOn } from './employer-files.policy.ts'
import { layOut, moveFile } from './employer-files.queries.ts'
import { checkAct } from './file-lifecycle-rules.ts'
import { loadLocked, moved } from './moving-file.ts'

/** Every row waits again for its part of the trial. */
export const tryEmployerFile = action(contract.tryEmployerFile, {
  load: loadLocked,
  may: (viewer, file) => mayGoOn(viewer, file),
  run: async (file, _input, context) => {
    checkAct(file, 'try', context.now)
    await layOut(context.db, file.id)
    await moveFile(context.db, file.id, { state: 'trying' })
    return moved(file, context, { action: 'employer-file.trial-asked' })
  },
})
