import { sql } from 'kysely'
import { type Db, k } from '../../platform/database.ts'
import type { TerritoryLine } from '../../platform/viewer.ts'
import type { Used } from './solicitation-rules.ts'

export interface UsedRow extends Used {
  /** Of the month's, those not done yet. */
  readonly kept: number
}
/** In the month and in the week of a day, whatever the viewer may read of it. */
export const usedAt = async (db: Db, siret: number, day: string): Promise<UsedRow> =>
  (await db.first(sql<UsedRow>`select per_month, month, week, kept from solicitations_at(${siret}, ${day}::date)`))!

/**
 * Holds the budget of an employer until the end of the transaction, then reads it: of two who take the last one at once,
 * the second sees what the first did. Recording an exchange does not wait for it: it is never refused.
 */
export const lockUsed = async (db: Db, siret: number, day: string): Promise<UsedRow> => {
  const [, used] = await Promise.all([
    db.run(sql`select ctx.hold_solicitations(array[${siret}::bigint])`),
    usedAt(db, siret, day),
  ])
  return used
}

/** Those of the month at the other establishments of its company; null to whoever opened no session. */
export const usedBeside = async (db: Db, siret: number, day: string): Promise<number | null> =>
  (await db.first(sql<{ used: number | null }>`select solicitations_beside(${siret}, ${day}::date) as used`))!.used

/** How many of a work just counted would go past the budget; kept with it. */
export const countBeyondBudget = async (db: Db, workId: string, today: string): Promise<number> =>
  (await db.first(sql<{ beyond: number }>`select count_beyond_budget(${workId}::uuid, ${today}::date) as beyond`))!
    .beyond

type Organisation = { id: string; name: string; kind: string }
type Person = { id: string; name: string; organisationId: string }
export interface OverrunRow {
  readonly id: string
  readonly act: 'take' | 'share' | 'plan'
  readonly onDay: string
  readonly reason: string
  readonly organisation: Organisation
  readonly author: Person | null
  readonly at: Date
}
const organisation = (column: string) =>
  sql`(select jsonb_build_object('id', o.id, 'name', o.name, 'kind', o.kind) from organisations o where o.id = ${sql.ref(column)})`
const person = (column: string, of: string) =>
  sql`(select jsonb_build_object('id', a.id, 'name', a.given_name || ' ' || a.family_name, 'organisationId',
    ${sql.ref(of)}) from accounts a where a.id = ${sql.ref(column)})`

/** The latest first; row-level security shows them to whoever reads the card there. */
export const overrunsBetween = (db: Db, siret: number, first: string, last: string, most: number) =>
  db.all(sql<OverrunRow>`select b.id, b.act, b.on_day, b.reason, ${organisation('b.organisation_id')} as organisation,
      ${person('b.author_id', 'b.organisation_id')} as author, b.at
    from budget_overruns b where b.siret = ${siret} and b.on_day between ${first}::date and ${last}::date
    order by b.at desc, b.id desc limit ${most}`)

export interface NewOverrun extends TerritoryLine {
  readonly id: string
  readonly siret: number
  readonly act: 'take' | 'plan'
  readonly campaignId: string | null
  readonly nextActionId: string | null
  readonly onDay: string
  readonly reason: string
  readonly organisationId: string
  readonly authorId: string
  readonly at: Date
}
export const insertOverrun = (db: Db, overrun: NewOverrun): Promise<number> =>
  db.run(k.insertInto('budgetOverruns').values(overrun))

export interface BudgetRow {
  readonly version: number
  readonly perMonth: number
  readonly setAt: Date
  readonly setBy: Person | null
  readonly organisation: Organisation
}
/** What the task force of a CLPE set, the latest first. */
export const budgetsOf = (db: Db, clpeId: number, most: number): Promise<BudgetRow[]> =>
  db.all(sql<BudgetRow>`select b.version, b.per_month, b.set_at, ${person('b.set_by', 'b.set_organisation')} as set_by,
      ${organisation('b.set_organisation')} as organisation
    from solicitation_budgets b where b.clpe_id = ${clpeId} order by b.version desc limit ${most}`)

export interface NewBudget {
  readonly clpeId: number
  readonly version: number
  readonly perMonth: number
  readonly setAt: Date
  readonly setBy: string
  readonly setOrganisation: string
}
export const insertBudget = (db: Db, budget: NewBudget): Promise<number> =>
  db.run(k.insertInto('solicitationBudgets').values(budget))
