import * as contract from '../../../contract/work-with-employers/correspondents.ts'
import { action } from '../../platform/action.ts'
import { Refused } from '../../platform/errors.ts'
import { touchCorrespondent } from './correspondent-writes.queries.ts'
import { mayObject } from './correspondents.policy.ts'
import { liftObjection as lift } from './objections.queries.ts'
import { checkVersion, loadLocked, settled, writingOf } from './settling.ts'

/** What was erased stays so; the person may be noted anew. */
export const liftObjection = action(contract.liftObjection, {
  load: ({ params }, context) => loadLocked(params.correspondentId, context),
  may: (viewer, row) => mayObject(viewer, row),
  run: async (row, { body, ifMatch }, context) => {
    if (row.objection === null) throw new Refused('correspondent/not-objected')
    checkVersion(row, ifMatch, context)
    await Promise.all([
      lift(context.db, row.objection.id, body.reason.trim(), writingOf(context)),
      touchCorrespondent(context.db, row.id, context.viewer.organisationId, {}),
    ])
    return settled(row, { action: 'correspondent.objection-lifted', detail: { objection: row.objection.id } }, context)
  },
})
