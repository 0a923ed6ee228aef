import { sql } from 'kysely'
import type { Db } from '../../platform/database.ts'
import type { Campaign } from './campaign-lifecycle.ts'
import { type ConflictDecision, type ConflictKind, yieldingFirst } from './conflict-rules.ts'
import { organisationRef, withEstablishments } from './references.queries.ts'

/**
 * The conflicts of a campaign, each with the decision that still stands: one taken on this holder, or on this
 * organisation's contact or a later one, so that another holder or a newer contact asks again (CAM-3).
 * campaign_conflicts answers only who pilots the campaign. `campaignId` is a value or a column. `until`: the last day to
 * which it would be prolonged or reopened.
 */
export const conflicts = (campaignId: unknown, today: string, until?: string) => sql`
  (select f.siret, f.kind, f.against_id, f.organisation_id, f.on_date, d.decision, d.reason
    from campaign_conflicts(${campaignId}::uuid, ${today}::date, ${until ?? null}::date) f
    left join campaign_decisions d on d.campaign_id = ${campaignId}::uuid and d.siret = f.siret
      and d.against_id = f.against_id and d.kind = f.kind
      and (f.kind = 'held' or f.on_date <= d.against_on))`
// People decide on establishments: one that two campaigns hold counts once.
export const countedTargets = sql`count(distinct f.siret)::int`
export const undecidedTargets = sql`count(distinct f.siret) filter (where f.decision is null)::int`

export interface ConflictFilter {
  readonly undecided?: boolean | undefined
  readonly kind?: ConflictKind | undefined
  readonly until?: string | undefined
}
const matching = ({ undecided, kind }: ConflictFilter) =>
  sql.join(
    [
      sql`true`,
      ...(undecided === undefined ? [] : [undecided ? sql`f.decision is null` : sql`f.decision is not null`]),
      ...(kind === undefined ? [] : [sql`f.kind = ${kind}`]),
    ],
    sql` and `,
  )

// Row-level security decides whether the holder's name is shown: without the right to read that campaign, it is null
// (CAM-3).
const holder = sql`(select jsonb_build_object('id', h.id, 'name', h.name) from campaigns h where f.kind <> 'contacted'
  and h.id = f.against_id)`

export interface ConflictRow {
  readonly siret: number
  readonly kind: ConflictKind
  readonly organisation: Campaign['pilot']
  readonly on: string
  /** Until that day; else contacted on it. */
  readonly held: boolean
  /** Of those that an establishment meets on one day. */
  readonly nth: number
  readonly campaign: { id: string; name: string } | null
  readonly decision: ConflictDecision | null
  readonly reason: string | null
}
/**
 * In order of SIRET, then of day and of rank, one row more than asked. `after`: those of the last one shown. Next door,
 * several campaigns may end on one day: a rank tells them apart, and no holder that one may not read.
 */
export const listConflicts = async (
  db: Db,
  campaignId: string,
  today: string,
  filter: ConflictFilter,
  after: readonly string[] | undefined,
  limit: number,
) =>
  withEstablishments(
    db,
    await db.all(sql<ConflictRow>`
    select f.siret, f.kind, ${organisationRef('f.organisation_id')} as organisation, f.on_date as on,
      ${holder} as campaign, f.kind = 'held' or f.against_id <> f.organisation_id as held, f.nth, f.decision, f.reason
    from (select f.*, row_number() over (partition by f.siret, f.on_date order by f.against_id)::int as nth
      from ${conflicts(campaignId, today, filter.until)} f) f
    where ${matching(filter)} ${
      after ? sql`and (f.siret, f.on_date, f.nth) > (${after[0]}::bigint, ${after[1]}::date, ${after[2]}::int)` : sql``
    } order by f.siret, f.on_date, f.nth limit ${limit + 1}`),
    today,
  )
export const countConflicts = async (
  db: Db,
  campaignId: string,
  today: string,
  filter: ConflictFilter,
): Promise<number> =>
  (await db.first(
    sql<{
      total: number
    }>`select ${countedTargets} as total from ${conflicts(campaignId, today, filter.until)} f where ${matching(filter)}`,
  ))!.total

export interface Counts {
  readonly kind: ConflictKind
  readonly count: number
  readonly undecided: number
}
export interface ConflictGroup extends Counts {
  readonly organisation: Campaign['pilot']
  readonly campaignName: string | null
}
/**
 * By who holds or contacted: what one decides at once; and by kind. Campaigns one may not read are not told apart
 * either.
 */
export const groupConflicts = async (
  db: Db,
  campaignId: string,
  today: string,
  until?: string,
): Promise<{ groups: ConflictGroup[]; byKind: Counts[] }> => {
  const rows = await db.all(sql<ConflictGroup | (Counts & { readonly organisation: null })>`
    select f.kind, ${organisationRef('f.organisation_id')} as organisation, f.campaign_name, f.count, f.undecided
    from (select f.kind, f.organisation_id, h.id, h.name as campaign_name, ${countedTargets} as count,
      ${undecidedTargets} as undecided
      from ${conflicts(campaignId, today, until)} f left join campaigns h on f.kind <> 'contacted' and h.id = f.against_id
      group by grouping sets ((f.kind, f.organisation_id, h.id, h.name), (f.kind))) f
    order by f.kind desc, f.count desc, f.organisation_id, f.campaign_name collate "fr-x-icu"`)
  return {
    groups: rows.filter(row => row.organisation !== null),
    byKind: rows.flatMap(({ organisation, kind, count, undecided }) =>
      organisation === null ? [{ kind, count, undecided }] : [],
    ),
  }
}

/** The conflicts a decision speaks of: some establishments, or all of a kind, of one organisation or of any. */
export type Chosen =
  | { readonly sirets: readonly number[]; readonly kind?: ConflictKind }
  | { readonly rule: { readonly kind: ConflictKind; readonly organisationId?: string | undefined } }
const chosen = (which: Chosen) =>
  'sirets' in which
    ? sql`f.siret = any (${which.sirets}::bigint[])
      and (${which.kind ?? null}::text is null or f.kind = ${which.kind ?? null}::text)`
    : sql`f.kind = ${which.rule.kind} and (${which.rule.organisationId ?? null}::uuid is null
      or f.organisation_id = ${which.rule.organisationId ?? null}::uuid)`

export const kindsOf = async (
  db: Db,
  campaignId: string,
  today: string,
  which: Chosen,
  until?: string,
): Promise<ConflictKind[]> =>
  (
    await db.all(
      sql<{
        kind: ConflictKind
      }>`select distinct f.kind from ${conflicts(campaignId, today, until)} f where ${chosen(which)}`,
    )
  ).map(row => row.kind)

export interface Decision {
  readonly decision: ConflictDecision
  readonly reason: string | null
  readonly decidedBy: string
  readonly decidedAt: Date
  readonly until?: string | undefined
}
/** Writes the decision against each fact as it now is. Answers how many establishments were decided on. */
export const saveDecisions = async (
  db: Db,
  campaignId: string,
  today: string,
  which: Chosen,
  { decision, reason, decidedBy, decidedAt, until }: Decision,
): Promise<number> =>
  (await db.first(sql<{ decided: number }>`
    with f as (
      insert into campaign_decisions (campaign_id, siret, against_id, kind, decision, reason, against_on, decided_by,
        decided_at)
      select ${campaignId}::uuid, f.siret, f.against_id, f.kind, ${decision}, ${reason}, f.on_date, ${decidedBy}::uuid,
        ${decidedAt}
      from campaign_conflicts(${campaignId}::uuid, ${today}::date, ${until ?? null}::date) f where ${chosen(which)} order by f.siret
      on conflict (campaign_id, siret, against_id) do update set kind = excluded.kind, decision = excluded.decision, reason = excluded.reason,
        against_on = excluded.against_on, decided_by = excluded.decided_by, decided_at = excluded.decided_at
      returning siret)
    select ${countedTargets} as decided from f`))!.decided

/**
 * Campaigns that weigh companies open one after the other: each sees what the one before holds next door. An
 * establishment's own hold needs no lock, a constraint refuses the second.
 */
export const lockCompanies = (db: Db): Promise<unknown> =>
  db.run(sql`select pg_advisory_xact_lock(hashtextextended('conflicts-by-company', 0))`)

/**
 * Those that weigh conflicts in one department follow each other: each sees what the one before holds, also when their
 * days do not meet but one is not closed when the other starts. `only`: what joins an open campaign.
 */
export const lockDepartments = (db: Db, campaignId: string, only: readonly number[] | null): Promise<unknown> =>
  db.run(sql`select ctx.lock_departments(${campaignId}::uuid, ${only}::bigint[])`)

export interface Applied {
  readonly undecided: number
  readonly setAside: number
  readonly shared: number
}
const among = (table: 't' | 'f', only: readonly number[] | null) =>
  only === null ? sql`true` : sql`${sql.raw(table)}.siret = any (${only}::bigint[])`

/**
 * Leaving sets the target aside and says why; sharing keeps it without a hold, and what is no longer shared is held
 * again. `only`: what joins an open campaign, whose other targets are left alone.
 */
export const applyDecisions = async (
  db: Db,
  campaignId: string,
  today: string,
  only: readonly number[] | null,
): Promise<Applied> =>
  (await db.first(sql<Applied>`
    with fact as materialized (select * from ${conflicts(campaignId, today)} f
      where ${among('f', only)}),
    outcome as (select distinct on (f.siret) f.* from fact f
      order by f.siret, array_position(${yieldingFirst}::text[], f.decision), f.on_date),
    changed as (
      select t.siret, o.decision, case when o.decision = 'leave' then
        coalesce(o.reason, case o.kind when 'held' then 'Déjà suivi par '
          when 'beside' then 'Entreprise déjà suivie ou contactée par ' else 'Contacté récemment par ' end || (select x.name from organisations x
          where x.id = o.organisation_id)) end as said
      from campaign_targets t left join outcome o on o.siret = t.siret
      where t.campaign_id = ${campaignId}::uuid and t.status <> 'ecarte' and ${among('t', only)}
        and (o.decision in ('leave', 'share') or t.shared)),
    applied as (
      update campaign_targets t set shared = coalesce(c.decision = 'share', false), set_aside_reason = c.said,
        status = case when c.decision = 'leave' then 'ecarte' else t.status end,
        taken_by = case when c.decision = 'leave' then null else t.taken_by end,
        taken_by_organisation = case when c.decision = 'leave' then null else t.taken_by_organisation end,
        taken_at = case when c.decision = 'leave' then null else t.taken_at end
      from changed c where t.campaign_id = ${campaignId}::uuid and t.siret = c.siret returning c.decision)
    select (select ${undecidedTargets} from fact f) as undecided,
      count(*) filter (where decision = 'leave')::int as set_aside,
        count(*) filter (where decision = 'share')::int as shared from applied`))!

export interface TakenOver {
  readonly fromCampaignId: string
  readonly sirets: number[]
}
/** Who answers for campaigns that lose targets, and their structure. */
export interface TakenContact {
  readonly campaignId: string
  readonly campaignName: string
  readonly organisationId: string
  readonly accountId: string
}
export const takenCampaignContacts = (db: Db, taker: string, taken: readonly string[]) =>
  db.all(
    sql<TakenContact>`select campaign_id, campaign_name, organisation_id, account_id
      from taken_campaign_contacts(${taker}::uuid, ${[...taken]}::uuid[])`,
  )
/**
 * Moves the holds that were decided « take » away from the campaigns that have them; `said` and the reason are what
 * their members will read.
 */
export const takeOver = (db: Db, campaignId: string, said: string, today: string): Promise<TakenOver[]> =>
  db.all(
    sql<TakenOver>`select t.from_campaign_id, jsonb_agg(t.siret order by t.siret) as sirets
      from take_holds(${campaignId}::uuid, ${said}, ${today}::date) t group by t.from_campaign_id order by t.from_campaign_id`,
  )

/**
 * Reserves every target that is worked and not shared, for the campaign's period, in order of SIRET: two campaigns that
 * open at once wait for each other in one direction only. What another holds is passed over; the caller compares.
 */
export const holdTargets = async (
  db: Db,
  campaignId: string,
  only: readonly number[] | null = null,
): Promise<{ held: number; missing: number }> => {
  const worked = sql`t.campaign_id = ${campaignId}::uuid and t.status <> 'ecarte' and not t.shared
    and ${among('t', only)}`
  const [held, counted] = await Promise.all([
    db.run(sql`insert into campaign_holds (campaign_id, siret, period)
      select t.campaign_id, t.siret, daterange(c.starts_on, c.ends_on, '[]') from campaign_targets t
        join campaigns c on c.id = t.campaign_id
      where ${worked} order by t.siret on conflict do nothing`),
    db.first(sql<{ total: number }>`select count(*) as total from campaign_targets t where ${worked}`),
  ])
  return { held, missing: counted!.total - held }
}
export const freeTargets = (db: Db, campaignId: string): Promise<number> =>
  db.run(sql`delete from campaign_holds where campaign_id = ${campaignId}::uuid`)
export const freeTarget = (db: Db, campaignId: string, siret: number): Promise<number> =>
  db.run(sql`delete from campaign_holds where campaign_id = ${campaignId}::uuid and siret = ${siret}`)
/** What was decided of a target that left counts no more when it is back. */
export const forgetDecisions = (db: Db, campaignId: string, siret: number): Promise<number> =>
  db.run(sql`delete from campaign_decisions where campaign_id = ${campaignId}::uuid and siret = ${siret}`)

/**
 * What was decided to be taken where the holder fixed a meeting, by campaign: it waits for the holder's word. `since`:
 * only what was decided at that instant.
 */
export const takenMeetings = (db: Db, campaignId: string, today: string, since?: Date): Promise<TakenOver[]> =>
  db.all(sql<TakenOver>`select m.from_campaign_id, jsonb_agg(m.siret order by m.siret) as sirets
    from taken_meetings(${campaignId}::uuid, ${today}::date) m
    where ${since ?? null}::timestamptz is null or m.decided_at = ${since ?? null}::timestamptz
    group by m.from_campaign_id order by m.from_campaign_id`)
