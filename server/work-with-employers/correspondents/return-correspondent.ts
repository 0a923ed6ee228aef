import * as contract from '../../../contract/work-with-employers/correspondents.ts'
import { action } from '../../platform/action.ts'
import { Refused } from '../../platform/errors.ts'
import { touchCorrespondent } from './correspondent-writes.queries.ts'
import { mayKeep } from './correspondents.policy.ts'
import { checkNotMerged, checkNotObjected, checkVersion, loadLocked, settled } from './settling.ts'

/** Undoes a retirement. */
export const returnCorrespondent = action(contract.returnCorrespondent, {
  load: ({ params }, context) => loadLocked(params.correspondentId, context),
  may: (viewer, row) => mayKeep(viewer, row),
  run: async (row, { ifMatch }, context) => {
    checkNotMerged(row)
    checkNotObjected(row)
    if (!row.retiredAt) throw new Refused('correspondent/in-place')
    checkVersion(row, ifMatch, context)
    await touchCorrespondent(context.db, row.id, context.viewer.organisationId, { retired: null })
    return settled(row, { action: 'correspondent.returned', detail: { was: row.retiredReason } }, context)
  },
})
