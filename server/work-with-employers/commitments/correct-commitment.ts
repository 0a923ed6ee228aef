import * as contract from '../../../contract/work-with-employers/commitments.ts'
import { action } from '../../platform/action.ts'
import { changed, checkNoted, checkVersion, loadLocked } from './changing.ts'
import { checkDates, checkKind } from './commitment-rules.ts'
import { mayNote } from './commitments.policy.ts'
import { kindById } from './kinds.queries.ts'

export const correctCommitment = action(contract.correctCommitment, {
  load: async ({ params, body }, context) => {
    const [row, kind] = await Promise.all([loadLocked(params.commitmentId, context), kindById(context.db, body.kindId)])
    return { row, kind }
  },
  may: (viewer, { row }) => mayNote(viewer, row),
  run: async ({ row, kind }, { body: { kindId, since, until = null, evidence }, ifMatch }, context) => {
    checkVersion(row, ifMatch, context)
    checkNoted(row)
    checkKind(kind, row.kindId)
    const statement = { kindId, since, until, evidence: evidence.trim() }
    checkDates(statement, context.today)
    return changed(row, { action: 'commitment.corrected', change: 'corrected', reason: null, statement }, context)
  },
})
