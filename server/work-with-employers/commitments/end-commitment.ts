import * as contract from '../../../contract/work-with-employers/commitments.ts'
import { action } from '../../platform/action.ts'
import { changed, checkNoted, checkVersion, loadLocked } from './changing.ts'
import { checkEnding } from './commitment-rules.ts'
import { mayNote } from './commitments.policy.ts'

export const endCommitment = action(contract.endCommitment, {
  load: ({ params }, context) => loadLocked(params.commitmentId, context),
  may: (viewer, row) => mayNote(viewer, row),
  run: async (row, { body: { until, reason }, ifMatch }, context) => {
    checkVersion(row, ifMatch, context)
    checkNoted(row)
    checkEnding(row, until, context.today)
    const { kindId, since, evidence } = row
    const statement = { kindId, since, until, evidence }
    return changed(row, { action: 'commitment.ended', change: 'ended', reason: reason.trim(), statement }, context)
  },
})
