import { sql } from 'kysely'
import type { Static } from 'typebox'
import type { Anomaly, AnomalyKind, Correction } from '../../../contract/people-and-rights/anomalies.ts'
import type { Db } from '../../platform/database.ts'
import type { Managed } from '../accounts/person-rules.ts'
import { named, perimeter } from '../accounts/references.queries.ts'
import type { OpenedRow } from './correction-rules.ts'

/** Of a structure, those whose name or function holds these words. */
export const accountsNamed = async (db: Db, organisationId: string, q: string): Promise<readonly string[]> =>
  (
    await db.all(
      sql<{
        id: string
      }>`select id from accounts where organisation_id = ${organisationId}::uuid
        and position(search_words(${q}) in search_words(given_name || ' ' || family_name || ' ' || given_name || ' ' ||
        function)) > 0`,
    )
  ).map(a => a.id)

export interface Corrections {
  readonly organisationId: string
  readonly kind?: AnomalyKind | undefined
  readonly accountIds: readonly string[] | null
  readonly from: Date | null
  readonly to: Date | null
}
export interface StoredCorrection extends OpenedRow {
  readonly correctedAt: Date
  readonly correctedHow: Correction
  readonly correctedBy: string | null
}
const corrected = ({ organisationId, kind, accountIds, from, to }: Corrections) => sql`
  from access_anomalies n where n.organisation_id = ${organisationId}::uuid
    and n.corrected_at is not null ${kind ? sql`and n.kind = ${kind}` : sql``} ${
      accountIds
        ? sql`and n.account_id = any
    (${[...accountIds]}::uuid[])`
        : sql``
    }
    ${from ? sql`and n.corrected_at >= ${from}` : sql``} ${to ? sql`and n.corrected_at < ${to}` : sql``}`
const milliseconds = sql`date_trunc('milliseconds', n.corrected_at)`
/** The last corrected first; one more than asked. */
export const correctedRows = (db: Db, which: Corrections, after: readonly string[] | undefined, limit: number) =>
  db.all(sql<StoredCorrection>`
  select n.id, n.organisation_id, n.account_id, n.grant_id, n.kind, n.function, n.contract_ends_on, n.last_act_at,
    n.last_used_on, n.opened_at, ${milliseconds} as corrected_at, n.corrected_how, n.corrected_by
  ${corrected(which)} ${
    after
      ? sql`and (${milliseconds}, n.id) < (${after[0]}::timestamptz,
    ${after[1]}::uuid)`
      : sql``
  } order by ${milliseconds} desc, n.id desc limit ${limit + 1}`)
export const countCorrected = async (db: Db, which: Corrections): Promise<number> =>
  (await db.first(sql<{ n: number }>`select count(*)::int as n ${corrected(which)}`))!.n

/** Whom and what anomalies are about, for the page: each person, with what the policy asks of them, and each grant. */
export interface Shown extends Managed {
  readonly person: Static<typeof Anomaly>['person']
  readonly status: string
}
export const peopleOf = (db: Db, ids: readonly string[]) =>
  db.all(sql<Shown>`
  select a.id, a.organisation_id, a.status, ${named('a.id')} as person, a.id in (select ctx.managers()) as is_manager,
    (select count(*)::int from ctx.managers_in_effect() m (id) where m.id <> a.id) as other_managers
  from accounts a where a.id = any (${[...ids]}::uuid[])`)
export const grantsOf = async (db: Db, ids: readonly string[]) =>
  (
    await db.all(
      sql<{
        id: string
        granted: NonNullable<Static<typeof Anomaly>['grant']>
      }>`select g.id, jsonb_build_object('id', g.id, 'tool', g.tool, 'profile', g.profile, 'grantedAt', g.granted_at,
        ${perimeter('g')}) as granted from grants g where g.id = any (${[...ids]}::uuid[])`,
    )
  ).map(g => g.granted)
export const namesOf = async (db: Db, ids: readonly string[]) =>
  (
    await db.all(
      sql<{
        person: Static<typeof Anomaly>['person']
      }>`select ${named('a.id')} as person from accounts a where a.id = any (${[...ids]}::uuid[])`,
    )
  ).map(a => a.person)

export const organisationNamed = (db: Db, id: string) =>
  db.first(
    sql<{ id: string; name: string; kind: string }>`select id, name, kind from organisations where id = ${id}::uuid`,
  )
/** The structures of which one is security officer, by name; one more than asked. */
export const organisationsByName = (
  db: Db,
  q: string | undefined,
  after: readonly string[] | undefined,
  limit: number,
) =>
  db.all(sql<{ id: string; name: string; kind: string; sortKey: string }>`
  select o.id, o.name, o.kind, search_words(o.name) as sort_key from organisations o
    where ctx.officer_for(o.id) and exists (select from accounts a where a.organisation_id = o.id)
    ${q ? sql`and position(search_words(${q}) in search_words(o.name)) > 0` : sql``} ${
      after
        ? sql`and
      (search_words(o.name), o.id) > (${after[0]}, ${after[1]}::uuid)`
        : sql``
    }
  order by search_words(o.name), o.id limit ${limit + 1}`)
