import * as contract from '../../../contract/work-with-employers/correspondents.ts'
import { action } from '../../platform/action.ts'
import { Refused } from '../../platform/errors.ts'
import { touchCorrespondent } from './correspondent-writes.queries.ts'
import { mayKeep } from './correspondents.policy.ts'
import { checkInPlace, checkVersion, loadLocked, settled } from './settling.ts'

export const retireCorrespondent = action(contract.retireCorrespondent, {
  load: ({ params }, context) => loadLocked(params.correspondentId, context),
  may: (viewer, row) => mayKeep(viewer, row),
  run: async (row, { body: { reason }, ifMatch }, context) => {
    const { db, viewer, now } = context
    checkInPlace(row)
    // In place elsewhere by a link, gone from here already.
    if (row.retiredAt) throw new Refused('correspondent/retired')
    checkVersion(row, ifMatch, context)
    await touchCorrespondent(db, row.id, viewer.organisationId, { retired: { at: now, reason } })
    return settled(row, { action: 'correspondent.retired', detail: { reason } }, context)
  },
})
