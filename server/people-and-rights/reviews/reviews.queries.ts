import { sql } from 'kysely'
import type { AnomalyKind } from '../../../contract/people-and-rights/anomalies.ts'
import type { departures } from '../../../contract/people-and-rights/people.ts'
import type { Profile } from '../../../contract/route.ts'
import { type Db, k } from '../../platform/database.ts'
import { named } from '../accounts/references.queries.ts'
import type { ReviewDecision } from './decision-rules.ts'
import type { LineRow, Ref, ReviewRow } from './review-facts.ts'

const organisation = (id: string) =>
  sql`(select jsonb_build_object('id', o.id, 'name', o.name, 'kind', o.kind) from organisations o
    where o.id = ${sql.ref(id)})`

export interface DueRow {
  readonly organisation: Ref & { kind: string }
  readonly dueOn: string | null
  readonly lastClosedAt: Date | null
  readonly open: { readonly id: string; readonly startedAt: string; readonly undecided: number } | null
}
/** The soonest due first; one more than asked. */
export const listDue = (
  db: Db,
  today: string,
  {
    late,
    after,
    limit,
  }: { late: boolean | undefined; after: { dueOn: string; id: string } | undefined; limit: number },
) =>
  db.all(sql<DueRow>`
    select ${organisation('d.organisation_id')} as organisation, d.due_on, d.last_closed_at,
      case when d.open_review is not null
        then jsonb_build_object('id', d.open_review, 'startedAt', d.started_at, 'undecided', d.undecided) end as open
    from ctx.reviews_due() d where true ${late ? sql`and d.due_on < ${today}::date` : sql``}
      ${
        after
          ? sql`and (coalesce(d.due_on, 'infinity'), d.organisation_id) > (${after.dueOn}::date,
        ${after.id}::uuid)`
          : sql``
      }
    order by coalesce(d.due_on, 'infinity'), d.organisation_id limit ${limit + 1}`)
export const dueOf = (db: Db, organisationId: string) =>
  db.first(
    sql<{
      dueOn: string | null
    }>`select d.due_on from ctx.reviews_due() d where d.organisation_id = ${organisationId}::uuid`,
  )

export const insertReview = (
  db: Db,
  review: { id: string; organisationId: string; dueOn: string; startedAt: Date; startedBy: string },
) => db.run(k.insertInto('accessReviews').values(review))
export const openReviewOf = (db: Db, organisationId: string) =>
  db.first(
    sql<{
      id: string
    }>`select id from access_reviews where organisation_id = ${organisationId}::uuid and closed_at is null`,
  )
/** How many lines there are. */
export const freeze = async (db: Db, reviewId: string): Promise<number> =>
  (await db.first(sql<{ lines: number }>`select ctx.freeze_review(${reviewId}::uuid) as lines`))!.lines
export interface Mark {
  readonly accountId: string
  readonly grantId: string | null
  readonly anomalies: readonly AnomalyKind[]
  readonly since: readonly Date[]
}
export const markAnomalies = (db: Db, reviewId: string, found: readonly Mark[]) =>
  db.run(sql`select ctx.mark_anomalies(${reviewId}::uuid, ${JSON.stringify(found)}::jsonb)`)

/** An account manager's grant rests on duties (ACC-4): without them it is not kept. */
const withDuties = (line: string) =>
  sql`(${sql.ref(`${line}.grant_id`)} is null or ${sql.ref(`${line}.account_id`)} not in (select ctx.managers())
    or exists (select from grants g where g.id = ${sql.ref(`${line}.grant_id`)} and g.duties is not null))`
const reviewOf = (id: string) => sql<ReviewRow>`
  select r.id, r.organisation_id, ${organisation('r.organisation_id')} as organisation, r.due_on, r.started_at,
    ${named('r.started_by')} as started_by, r.closed_at, ${named('r.closed_by')} as closed_by,
    encode(r.report_digest, 'hex') as report_digest,
    l.*, (select coalesce(jsonb_agg(jsonb_build_object('id', a.id, 'name', a.given_name || ' ' || a.family_name,
      'organisationId', a.organisation_id) order by a.family_name collate "fr-x-icu", a.id), '[]')
      from accounts a where a.organisation_id = r.organisation_id and a.created_at > r.started_at
        and a.created_at <= coalesce(r.closed_at, 'infinity') and a.status <> 'deleted') as new_accounts,
    (select count(*)::int from grants g where g.organisation_id = r.organisation_id and g.granted_at > r.started_at
      and g.granted_at <= coalesce(r.closed_at, 'infinity') and g.revoked_at is null) as new_grants
  from access_reviews r cross join lateral (
    select count(distinct x.account_id)::int as accounts, count(*)::int as lines,
      count(*) filter (where x.decision is null)::int as undecided, count(*) filter (where x.decision is null
      and x.anomaly)::int as anomalies_undecided,
      count(*) filter (where x.decision is null and not x.anomaly and x.account_id in (select ctx.decidable_accounts())
        and ${withDuties('x')})::int as keepable,
      count(*) filter (where x.decision = 'keep')::int as keep,
        count(*) filter (where x.decision = 'reduce')::int as reduce,
        count(*) filter (where x.decision = 'suspend')::int as suspend,
        count(*) filter (where x.decision = 'delete')::int as delete
    from access_review_lines x where x.review_id = r.id) l
  where r.id = ${id}::uuid`
export const findReview = (db: Db, id: string) => db.first(reviewOf(id))
/**
 * Waits for whoever is deciding or closing, then reads it as it was left. Not by its row: a signatory decides too, and
 * may lock no row that they may not change.
 */
export const lockReview = async (db: Db, id: string): Promise<ReviewRow | undefined> => {
  const [, review] = await Promise.all([
    db.run(sql`select pg_advisory_xact_lock(hashtextextended('review ' || ${id}::uuid, 0))`),
    findReview(db, id),
  ])
  return review
}
export const listReviews = (db: Db, organisationId: string) =>
  db.all(sql<Pick<ReviewRow, 'id' | 'organisation' | 'dueOn' | 'startedAt' | 'closedAt' | 'closedBy'>>`
    select r.id, ${organisation('r.organisation_id')} as organisation, r.due_on, r.started_at, r.closed_at,
      ${named('r.closed_by')} as closed_by
    from access_reviews r where r.organisation_id = ${organisationId}::uuid order by r.started_at desc limit 50`)

const lines = sql`
  select l.id as line_id, l.account_id as id, l.organisation_id, l.account_id in (select ctx.managers()) as is_manager,
    (select count(*)::int from ctx.managers_in_effect() m (id) where m.id <> l.account_id) as other_managers,
    ${named('l.account_id')} as person, l.function, l.attachment, l.status, l.contract_ends_on, l.last_act_at,
      (select g.duties from grants g where g.id = l.grant_id) as duties, l.grant_id, l.tool, l.profile,
    (select jsonb_build_object('id', t.id, 'kind', t.kind, 'code', t.code, 'name', t.name) from territories t
      where t.id = l.territory_id) as territory,
    (select jsonb_build_object('id', y.id, 'name', y.name) from agencies y where y.id = l.agency_id) as agency,
    l.granted_at, l.last_used_on, l.anomalies, l.anomalies_since, l.decision, l.to_profile,
    (select jsonb_build_object('id', t.id, 'kind', t.kind, 'code', t.code, 'name', t.name) from territories t
      where t.id = l.to_territory_id) as to_territory, l.reason, l.decided_at,
      ${named('l.decided_by')} as decided_by
  from access_review_lines l`
const order = sql`(not l.anomaly), l.account_id, (l.grant_id is not null), l.id`
export interface LineFilter {
  readonly q?: string | undefined
  readonly anomaly?: string | undefined
  readonly which?: 'undecided' | 'anomalies' | 'decided' | undefined
}
const where = ({ q, anomaly, which }: LineFilter) => sql`
  ${
    q
      ? sql`and exists (select from accounts n where n.id = l.account_id
    and position(search_words(${q}) in search_words(n.given_name || ' ' || n.family_name || ' ' || n.given_name || ' '
    || l.function)) > 0)`
      : sql``
  }
  ${anomaly ? sql`and ${anomaly} = any (l.anomalies)` : sql``} ${
    which === 'undecided'
      ? sql`and l.decision is
    null`
      : which === 'decided'
        ? sql`and l.decision is not null`
        : which === 'anomalies'
          ? sql`and l.anomaly`
          : sql``
  }`
/** Anomalies first, the lines of a person together; one more than asked. */
export const listLines = (db: Db, reviewId: string, filter: LineFilter, after: string | undefined, limit: number) =>
  db.all(sql<LineRow>`${lines} where l.review_id = ${reviewId}::uuid ${where(filter)}
    ${
      after
        ? sql`and ((not l.anomaly), l.account_id, (l.grant_id is not null), l.id) > (select (not x.anomaly),
      x.account_id, (x.grant_id is not null), x.id from access_review_lines x where x.id = ${after}::uuid
      and x.review_id = ${reviewId}::uuid)`
        : sql``
    }
    order by ${order} limit ${limit + 1}`)
export const countLines = async (db: Db, reviewId: string, filter: LineFilter): Promise<number> =>
  (await db.first(
    sql<{
      n: number
    }>`select count(*)::int as n from access_review_lines l where l.review_id = ${reviewId}::uuid ${where(filter)}`,
  ))!.n
export const findLines = (db: Db, reviewId: string, ids: readonly string[]) =>
  db.all(
    sql<LineRow>`${lines} where l.review_id = ${reviewId}::uuid and l.id = any (${[...ids]}::uuid[]) order by ${order}`,
  )
export const grantLinesOf = (db: Db, reviewId: string, accountId: string) =>
  db.all(
    sql<LineRow>`${lines} where l.review_id = ${reviewId}::uuid and l.account_id = ${accountId}::uuid
      and l.grant_id is not null and (l.decision is null or l.decision = 'keep') order by ${order}`,
  )

/** The lines of grants whose perimeter holds that territory and more: what a new perimeter makes smaller. */
export const narrowedBy = async (db: Db, ids: readonly string[], territoryId: number): Promise<ReadonlySet<string>> =>
  new Set(
    (
      await db.all(
        sql<{ id: string }>`select l.id from access_review_lines l where l.id = any (${[...ids]}::uuid[])
          and l.grant_id is not null and l.territory_id is distinct from ${territoryId}::int
          and ctx.perimeter_within(${territoryId}::int, null, case when l.territory_id is not null
            then array[l.territory_id] else array(select y.territory_id from agency_territories y
              where y.agency_id = l.agency_id) end)`,
      )
    ).map(row => row.id),
  )

export interface Decision {
  readonly decision: ReviewDecision
  readonly toProfile: Profile | null
  /** Null: the perimeter stays. */
  readonly toTerritoryId: number | null
  /** Of an account that is deleted; null: a departure. */
  readonly cause: (typeof departures)[number] | null
  readonly reason: string | null
  readonly by: string
  readonly at: Date
}
export const saveDecision = (
  db: Db,
  ids: readonly string[],
  { decision, toProfile, toTerritoryId, reason, by, at }: Decision,
) =>
  db.run(
    sql`update access_review_lines set decision = ${decision}, to_profile = ${toProfile},
      to_territory_id = ${toTerritoryId}::int, reason = ${reason},
      decided_by = ${by}, decided_at = ${at} where id = any (${[...ids]}::uuid[])`,
  )
/** Keeps what has no anomaly and is not decided yet, of those the policy lets one decide for. */
export const keepWithoutAnomaly = (db: Db, reviewId: string, by: string, at: Date) =>
  db.run(
    sql`update access_review_lines l set decision = 'keep', decided_by = ${by}, decided_at = ${at}
      where l.review_id = ${reviewId}::uuid and l.decision is null and not l.anomaly
      and l.account_id in (select ctx.decidable_accounts()) and ${withDuties('l')}`,
  )
export const saveClosed = (db: Db, id: string, by: string, at: Date, digest: Buffer) =>
  db.run(
    sql`update access_reviews set closed_at = ${at}, closed_by = ${by}, report_digest = ${digest}
      where id = ${id}::uuid`,
  )
/** Every line of a review, as its report says them. */
export const allLines = (db: Db, reviewId: string) =>
  db.all(sql<LineRow>`${lines} where l.review_id = ${reviewId}::uuid order by ${order}`)

/** In months, the last set; undefined while the operator set none. */
export const rhythmSet = (db: Db) =>
  db.first(k.selectFrom('accessReviewRhythms').select('months').orderBy('inForceFrom', 'desc').limit(1))
export const insertRhythm = (db: Db, months: number, by: string, at: Date) =>
  db.run(k.insertInto('accessReviewRhythms').values({ months, setBy: by, inForceFrom: at }))
