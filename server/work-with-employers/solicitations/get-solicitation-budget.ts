import * as contract from '../../../contract/work-with-employers/solicitations.ts'
import { action } from '../../platform/action.ts'
import { found } from '../../platform/errors.ts'
import { rightsOf } from '../../territory-and-register/territories/task-force-reply.ts'
import { readTaskForce } from '../../territory-and-register/territories/task-forces.queries.ts'
import { budgetReply, shownBudgets } from './budget-reply.ts'
import { mayReadBudget } from './solicitations.policy.ts'
import { budgetsOf } from './solicitations.queries.ts'

export const getSolicitationBudget = action(contract.getSolicitationBudget, {
  load: async ({ params: { territoryId } }, { db }) => {
    const [force, versions] = await Promise.all([
      readTaskForce(db, territoryId),
      budgetsOf(db, territoryId, shownBudgets),
    ])
    return { force: rightsOf(found(force)), versions }
  },
  may: (viewer, { force }) => mayReadBudget(viewer, force),
  run: async ({ force, versions }, _input, { viewer }) => budgetReply(viewer, force, versions),
})
