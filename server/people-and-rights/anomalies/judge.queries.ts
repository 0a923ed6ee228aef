import { sql } from 'kysely'
import type { Db } from '../../platform/database.ts'
import type { AccessFacts } from './anomaly-rules.ts'
import type { CorrectedRow, OpenedRow, Outcome } from './correction-rules.ts'

/** What the rules read: the facts, what is written as open, and what became of it since. */
export interface Reader {
  facts(): Promise<readonly AccessFacts[]>
  open(): Promise<readonly OpenedRow[]>
  /** By the id of what is open, of these accounts. */
  outcomes(accountIds: readonly string[]): Promise<ReadonlyMap<string, Outcome>>
}
const outcomesBy = async (
  found: Promise<readonly { id: string; outcome: Outcome }[]>,
): Promise<ReadonlyMap<string, Outcome>> => new Map((await found).map(({ id, outcome }) => [id, outcome]))
/**
 * Of the active accounts of these structures (of these accounts only, when given), those of one person together.
 * Empty for a viewer who manages neither their accounts nor security.
 */
export const readerOf = (db: Db, organisationIds: readonly string[], accountIds: readonly string[] | null): Reader => {
  const of = (ids: readonly string[] | null) => sql`${[...organisationIds]}::uuid[], ${ids && [...ids]}::uuid[]`
  return {
    facts: () => db.all(sql<AccessFacts>`select * from ctx.access_facts(${of(accountIds)})`),
    open: () => db.all(sql<OpenedRow>`select * from ctx.anomaly_rows(${of(accountIds)})`),
    outcomes: ids =>
      outcomesBy(db.all(sql<{ id: string; outcome: Outcome }>`select id, outcome from ctx.anomaly_facts(${of(ids)})`)),
  }
}
/** The worker's, which reads and writes of everyone. */
export const readerOfAll = (db: Db, accountIds: readonly string[]): Reader => ({
  facts: () => db.all(sql<AccessFacts>`select * from ctx.access_lines(null, ${[...accountIds]}::uuid[])`),
  open: () => db.all(sql<OpenedRow>`select * from ctx.open_rows(null, ${[...accountIds]}::uuid[])`),
  outcomes: ids =>
    outcomesBy(
      db.all(
        sql<{ id: string; outcome: Outcome }>`select id, outcome from ctx.open_anomalies(null, ${[...ids]}::uuid[])`,
      ),
    ),
})

const written = (opened: readonly OpenedRow[], corrected: readonly CorrectedRow[]) =>
  sql`${JSON.stringify(opened)}::jsonb,
    ${JSON.stringify(corrected.map(({ id, corrected: { at, how, by } }) => ({ id, at, how, by })))}::jsonb`
export interface Written {
  readonly opened: number
  readonly corrected: number
}
/** In one's own structure, with the act that changes an access. */
export const keepRows = async (
  db: Db,
  opened: readonly OpenedRow[],
  corrected: readonly CorrectedRow[],
): Promise<Written> =>
  (await db.first(sql<{ kept: Written }>`select ctx.keep_anomalies(${written(opened, corrected)}) as kept`))!.kept

export const accountsToJudge = async (db: Db, after: string | null, limit: number): Promise<readonly string[]> =>
  (await db.all(sql<{ id: string }>`select * from ctx.accounts_to_judge(${after}::uuid, ${limit}) a (id)`)).map(
    a => a.id,
  )
export const writeRows = async (
  db: Db,
  opened: readonly OpenedRow[],
  corrected: readonly CorrectedRow[],
): Promise<Written> =>
  (await db.first(sql<{ written: Written }>`select ctx.write_anomalies(${written(opened, corrected)}) as written`))!
    .written
