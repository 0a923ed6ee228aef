import type { Static } from 'typebox'
import type * as contract from '../../../contract/work-with-employers/solicitations.ts'
import type { Viewer } from '../../platform/viewer.ts'
import type { TaskForceRights } from '../../territory-and-register/territories/task-forces.policy.ts'
import { budgetOf, perWeek } from './solicitation-rules.ts'
import { maySetBudget } from './solicitations.policy.ts'
import type { BudgetRow } from './solicitations.queries.ts'

export const shownBudgets = 50

export const budgetReply = (
  viewer: Viewer,
  force: TaskForceRights,
  versions: readonly BudgetRow[],
): Static<typeof contract.SolicitationBudget> => {
  const perMonth = budgetOf(versions)
  return {
    perMonth,
    perWeek: perWeek(perMonth),
    version: versions[0]?.version ?? 0,
    history: versions.map(({ perMonth, setAt, setBy, organisation }) => ({
      perMonth,
      setAt: setAt.toISOString(),
      setBy,
      organisation,
    })),
    allowed: maySetBudget(viewer, force) === true ? ['set'] : [],
  }
}
