import * as contract from '../../../contract/agreement/disagreements.ts'
import { action } from '../../platform/action.ts'
import { found } from '../../platform/errors.ts'
import { isStaff, loadConvention } from '../conventions/conventions.queries.ts'
import { mayReadDisagreements } from './disagreements.policy.ts'
import { selectDisagreements } from './disagreements.queries.ts'
import { disagreementsReply } from './disagreements-reply.ts'

export const listDisagreements = action(contract.listDisagreements, {
  load: async ({ params }, { db }) => {
    const [loaded, rows, staff] = await Promise.all([
      loadConvention(db, params.conventionId),
      selectDisagreements(db, params.conventionId),
      isStaff(db),
    ])
    return { loaded: found(loaded), rows, staff }
  },
  may: (viewer, { loaded, staff }) => mayReadDisagreements(viewer, loaded.convention, staff),
  run: async ({ loaded, rows }, _input, { viewer, now }) => disagreementsReply(viewer, loaded, rows, now),
})
