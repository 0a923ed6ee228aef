import { sql } from 'kysely'
import type { Static } from 'typebox'
import type { SuppliedAnomaly } from '../../../contract/people-and-rights/anomalies.ts'
import type { Db } from '../../platform/database.ts'
import { named } from '../accounts/references.queries.ts'
import type { Supplied } from './supplied-rules.ts'

type Shown = Static<typeof SuppliedAnomaly>
export interface SuppliedRow extends Omit<Shown, 'recordedAt' | 'correctedAt' | 'allowed'> {
  readonly organisationId: string
  readonly recordedAt: Date
  readonly correctedAt: Date | null
}
const supplied = sql`select s.id, s.organisation_id, s.kind, s.whose, s.evidence, s.found_on, s.recorded_at,
  ${named('s.recorded_by')} as recorded_by, date_trunc('milliseconds', s.corrected_at) as corrected_at,
  ${named('s.corrected_by')} as corrected_by, s.correction from supplied_anomalies s`
/**
 * Those open, the oldest first, or corrected, the last first; one more than asked. `after`: a day or an instant, and an
 * id.
 */
export const listSupplied = (
  db: Db,
  organisationId: string,
  corrected: boolean,
  after: readonly string[] | undefined,
  limit: number,
) =>
  db.all(
    corrected
      ? sql<SuppliedRow>`${supplied} where s.organisation_id = ${organisationId}::uuid
        and s.corrected_at is not null ${
          after
            ? sql`and (date_trunc('milliseconds', s.corrected_at),
        s.id) < (${after[0]}::timestamptz, ${after[1]}::uuid)`
            : sql``
        }
        order by date_trunc('milliseconds', s.corrected_at) desc, s.id desc limit ${limit + 1}`
      : sql<SuppliedRow>`${supplied} where s.organisation_id = ${organisationId}::uuid
        and s.corrected_at is null ${
          after
            ? sql`and (s.found_on, s.id) > (${after[0]}::date,
        ${after[1]}::uuid)`
            : sql``
        } order by s.found_on, s.id limit ${limit + 1}`,
  )
export const findSupplied = (db: Db, id: string) => db.first(sql<SuppliedRow>`${supplied} where s.id = ${id}::uuid`)
export const suppliedAlready = async (db: Db, ids: readonly string[]): Promise<ReadonlySet<string>> =>
  new Set(
    (await db.all(sql<{ id: string }>`select id from supplied_anomalies where id = any (${[...ids]}::uuid[])`)).map(
      n => n.id,
    ),
  )
/** Says how many were written: what was said already stays as it is. */
export const insertSupplied = (db: Db, organisationId: string, rows: readonly Supplied[], by: string, at: Date) =>
  db.run(sql`
  insert into supplied_anomalies (id, organisation_id, kind, whose, evidence, found_on, recorded_at, recorded_by)
  select r.id, ${organisationId}::uuid, r.kind, r.whose, r.evidence, r."foundOn", ${at}::timestamptz, ${by}::uuid
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r (id uuid, kind text, whose text, evidence text,
    "foundOn" date) order by r.id on conflict do nothing`)
/** 0: it was corrected already. */
export const saveCorrection = (db: Db, id: string, correction: string, by: string, at: Date) =>
  db.run(
    sql`update supplied_anomalies set corrected_at = greatest(recorded_at, ${at}::timestamptz),
      corrected_by = ${by}::uuid, correction = ${correction} where id = ${id}::uuid and corrected_at is null`,
  )

/** Those that the operator supplied, by structure; a structure that has none is left out. */
export const countSupplied = async (
  db: Db,
  organisationIds: readonly string[],
  corrected = false,
): Promise<ReadonlyMap<string, number>> =>
  new Map(
    (
      await db.all(sql<{ id: string; n: number }>`
  select n.organisation_id as id, count(*)::int as n from supplied_anomalies n
    where n.organisation_id = any (${[...organisationIds]}::uuid[]) and (n.corrected_at is not null) = ${corrected}
    group by 1`)
    ).map(({ id, n }) => [id, n]),
  )
