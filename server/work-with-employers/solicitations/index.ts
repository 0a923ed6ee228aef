/**
 * How many times the whole network may solicit an employer in a month: set by the task force, weighed before acting.
 * Owns: tables solicitation_budgets, budget_overruns; acts solicitation-budget.*.
 * Uses: establishments, territories.
 * Reads: accounts, organisations.
 * Start: `solicitation-rules.ts`, then `weigh-act.ts`; docs/decisions/0014-budget-of-solicitations.md.
 */

import type { Action } from '../../platform/action.ts'
import { getSolicitationBudget } from './get-solicitation-budget.ts'
import { getSolicitations } from './get-solicitations.ts'
import { setSolicitationBudget } from './set-solicitation-budget.ts'

export const solicitations: readonly Action[] = [getSolicitations, getSolicitationBudget, setSolicitationBudget]
