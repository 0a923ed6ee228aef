import { inForce, type Scope, type Standing } from './legal-holds-rules.ts'

/** A row at its term: its ending, its account, the structure that it says or its account’s. */
export interface DueRow {
  readonly ending: string
  readonly accountId: string | null
  readonly organisationId: string | null
}
/** Whether a hold keeps a row. The SQL twin is ctx.is_held. */
export const covers = (hold: Scope & Standing, row: DueRow, today: string): boolean =>
  inForce(hold, today) &&
  (hold.ending === null || hold.ending === row.ending) &&
  (hold.accountId === null || hold.accountId === row.accountId) &&
  (hold.organisationId === null || hold.organisationId === row.organisationId)
