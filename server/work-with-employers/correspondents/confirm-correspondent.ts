import * as contract from '../../../contract/work-with-employers/correspondents.ts'
import { action } from '../../platform/action.ts'
import { confirmValues, touchCorrespondent } from './correspondent-writes.queries.ts'
import { mayKeep } from './correspondents.policy.ts'
import { checkInPlace, checkVersion, loadLocked, settled, writingOf } from './settling.ts'
import { agreed, standing } from './value-rules.ts'

/** Where partners differ, one press confirms neither: one of the values is to be chosen. A proposal is no difference. */
export const confirmCorrespondent = action(contract.confirmCorrespondent, {
  load: ({ params }, context) => loadLocked(params.correspondentId, context),
  may: (viewer, row) => mayKeep(viewer, row),
  run: async (row, { ifMatch }, context) => {
    checkInPlace(row)
    checkVersion(row, ifMatch, context)
    const confirmed = agreed(standing(row.values)).map(({ id }) => id)
    await Promise.all([
      confirmValues(context.db, confirmed, writingOf(context)),
      touchCorrespondent(context.db, row.id, context.viewer.organisationId, {}),
    ])
    return settled(row, { action: 'correspondent.confirmed', detail: { confirmed } }, context)
  },
})
