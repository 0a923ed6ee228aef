import * as contract from '../../../contract/work-with-employers/commitments.ts'
import { action } from '../../platform/action.ts'
import { changed, checkNoted, checkVersion, loadLocked } from './changing.ts'
import { mayNote } from './commitments.policy.ts'

export const withdrawCommitment = action(contract.withdrawCommitment, {
  load: ({ params }, context) => loadLocked(params.commitmentId, context),
  may: (viewer, row) => mayNote(viewer, row),
  run: async (row, { body: { reason }, ifMatch }, context) => {
    checkVersion(row, ifMatch, context)
    checkNoted(row)
    const { kindId, since, until, evidence } = row
    const statement = { kindId, since, until, evidence }
    return changed(
      row,
      { action: 'commitment.withdrawn', change: 'withdrawn', reason: reason.trim(), statement },
      context,
    )
  },
})
