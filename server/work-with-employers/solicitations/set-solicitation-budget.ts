import * as contract from '../../../contract/work-with-employers/solicitations.ts'
import { action } from '../../platform/action.ts'
import { found, Refused } from '../../platform/errors.ts'
import { rightsOf } from '../../territory-and-register/territories/task-force-reply.ts'
import { lockTaskForce } from '../../territory-and-register/territories/task-forces.queries.ts'
import { budgetReply, shownBudgets } from './budget-reply.ts'
import { budgetOf } from './solicitation-rules.ts'
import { maySetBudget } from './solicitations.policy.ts'
import { budgetsOf, insertBudget } from './solicitations.queries.ts'

export const setSolicitationBudget = action(contract.setSolicitationBudget, {
  // The task force is held: of two who set it at once, the second reads what the first set.
  load: async ({ params: { territoryId } }, { db }) => {
    const [force, versions] = await Promise.all([
      lockTaskForce(db, territoryId),
      budgetsOf(db, territoryId, shownBudgets),
    ])
    return { force: rightsOf(found(force)), versions }
  },
  may: (viewer, { force }) => maySetBudget(viewer, force),
  run: async ({ force, versions }, { body: { perMonth }, ifMatch }, { db, viewer, now }) => {
    const version = versions[0]?.version ?? 0
    if (ifMatch !== version)
      throw new Refused('request/changed-meanwhile', { current: budgetReply(viewer, force, versions) })
    const by = { setAt: now, setBy: viewer.accountId, setOrganisation: viewer.organisationId }
    await insertBudget(db, { clpeId: force.clpeId, version: version + 1, perMonth, ...by })
    return {
      reply: budgetReply(viewer, force, await budgetsOf(db, force.clpeId, shownBudgets)),
      audit: [
        {
          action: 'solicitation-budget.set',
          subject: ['solicitation-budget', String(force.clpeId)],
          detail: { before: { perMonth: budgetOf(versions), version }, after: { perMonth, version: version + 1 } },
        },
      ],
    }
  },
})
