import type { Verdict } from '../../platform/action.ts'
import { covers, type TerritoryLine, type Viewer } from '../../platform/viewer.ts'
import { mayEdit, mayRead, type TaskForceRights } from '../../territory-and-register/territories/task-forces.policy.ts'

/** Whoever reads the task force. The SQL twin is the policy solicitation_budgets.read. */
export const mayReadBudget = (viewer: Viewer, force: TaskForceRights): Verdict => mayRead(viewer, force)

/** Whoever edits the task force. The SQL twin is the policy solicitation_budgets.set_budget. */
export const maySetBudget = (viewer: Viewer, force: TaskForceRights): Verdict => mayEdit(viewer, force)

/** Who went past the budget and why: whoever reads the card there. The SQL twin is the policy budget_overruns.read. */
export const mayReadOverrun = (viewer: Viewer, row: TerritoryLine): boolean =>
  covers(viewer, 'fiche-etablissement', 'consultation', row)
