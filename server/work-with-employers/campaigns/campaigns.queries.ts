import { type RawBuilder, sql } from 'kysely'
import {
  type campaignOrders,
  type campaignSorts,
  campaignStatuses,
  purposes,
} from '../../../contract/work-with-employers/campaigns.ts'
import type { Db } from '../../platform/database.ts'
import type { TerritoryLine } from '../../platform/viewer.ts'
import type { Campaign, Status } from './campaign-lifecycle.ts'
import { conflicts, undecidedTargets } from './conflicts.queries.ts'
import { organisationRef, place } from './references.queries.ts'

const campaigns = (counts: RawBuilder<unknown>, beside = sql``) => sql`
  select ${beside} c.id, c.name, c.purpose, c.description, c.starts_on, c.ends_on, c.status, c.step,
    c.contact_delay_days, c.conflict_scope, c.created_at, c.opened_at, c.closed_at, c.version,
    case when c.status = 'open' and c.closes_for = c.ends_on then c.closes_on end as closes_on,
    (select coalesce(jsonb_agg(jsonb_build_object('kind', g.kind, 'value', g.value) order by g.kind), '[]')
      from campaign_goals g where g.campaign_id = c.id) as goals,
    (select coalesce(jsonb_agg(jsonb_build_object('id', a.id, 'name', a.given_name || ' ' || a.family_name,
      'organisationId', a.organisation_id) order by a.family_name collate "fr-x-icu", a.id), '[]')
      from campaign_leads l join accounts a on a.id = l.account_id where l.campaign_id = c.id) as leads,
    (select jsonb_build_object('id', a.id, 'name', a.given_name || ' ' || a.family_name,
      'organisationId', a.organisation_id) from accounts a where a.id = c.created_by) as created_by,
    (select jsonb_build_object('id', t.id, 'kind', t.kind, 'code', t.code, 'name', t.name) from territories t
      where t.id = c.territory_id) as territory,
    ${place('c')} as place, ${organisationRef('c.pilot_id')} as pilot,
    (select jsonb_agg(jsonb_build_object('id', o.id, 'name', o.name, 'kind', o.kind) order by o.name collate "fr-x-icu", o.id)
      from campaign_members m join organisations o on o.id = m.organisation_id where m.campaign_id = c.id) as members,
    ${counts} as counts
  from campaigns c`

const worked = sql`
  'targets', (select count(*) from campaign_targets t where t.campaign_id = c.id and t.status <> 'ecarte'),
  'contacted', (select count(distinct x.siret) from campaign_contacts x where x.campaign_id = c.id and x.contacts > 0)`

const withoutCounts = sql`'{"targets": 0, "contacted": 0, "undecided": null}'::jsonb`
const withCounts = sql`jsonb_build_object(${worked}, 'undecided', null)`
// Undecided conflicts are counted on a draft alone, not in lists, where each would be worked out anew; and only for who
// pilots it: campaign_conflicts answers nobody else.
const withConflicts = (today: string) => sql`jsonb_build_object(${worked},
  'undecided', case c.status when 'draft' then (select ${undecidedTargets} from ${conflicts(sql`c.id`, today)} f)
    else 0 end)`

type Row = Omit<Campaign, 'createdAt' | 'openedAt' | 'closedAt'> & {
  createdAt: Date
  openedAt: Date | null
  closedAt: Date | null
}
const asCampaign = (row: Row): Campaign => ({
  ...row,
  createdAt: row.createdAt.toISOString(),
  openedAt: row.openedAt?.toISOString() ?? null,
  closedAt: row.closedAt?.toISOString() ?? null,
})

export const campaignById = async (db: Db, id: string, today: string): Promise<Campaign | undefined> => {
  const row = await db.first(sql<Row>`${campaigns(withConflicts(today))} where c.id = ${id}::uuid`)
  return row && asCampaign(row)
}

/** Counts nothing: for what only asks who, where and in which state. */
export const plainCampaign = async (db: Db, id: string): Promise<Campaign | undefined> => {
  const row = await db.first(sql<Row>`${campaigns(withoutCounts)} where c.id = ${id}::uuid`)
  return row && asCampaign(row)
}

/**
 * Waits for whoever is writing it, then reads it as they left it. Row-level security lets only its pilots lock it, so
 * the reading stands apart: a member who may not write still finds it, and is refused with a reason. Conflicts are not
 * counted.
 */
export const lockCampaign = async (db: Db, id: string): Promise<Campaign | undefined> => {
  const [, row] = await Promise.all([
    db.run(sql`select from campaigns where id = ${id}::uuid for update`),
    db.first(sql<Row>`${campaigns(withCounts)} where c.id = ${id}::uuid`),
  ])
  return row && asCampaign(row)
}

export interface CampaignFilter {
  readonly status?: Status | undefined
  readonly siret?: number | undefined
}

const matching = ({ status, siret }: CampaignFilter) =>
  sql.join(
    [
      sql`true`,
      ...(status === undefined ? [] : [sql`c.status = ${status}`]),
      ...(siret === undefined
        ? []
        : [sql`exists (select from campaign_targets t where t.campaign_id = c.id and t.siret = ${siret})`]),
    ],
    sql` and `,
  )

type CampaignSort = (typeof campaignSorts)[number]
export type CampaignOrder = (typeof campaignOrders)[number]
/** What each order compares, as text. The latest to start comes first among equals: of that order, nothing is left. */
const ranks: Record<CampaignSort, RawBuilder<unknown>> = {
  start: sql`''::text collate "C"`,
  name: sql`c.name collate "fr-x-icu"`,
  purpose: sql`array_position(${purposes}::text[], c.purpose)::text collate "C"`,
  territory: sql`coalesce((select t.name from territories t where t.id = c.territory_id), '') collate "fr-x-icu"`,
  end: sql`c.ends_on::text collate "C"`,
  pilot: sql`coalesce((select o.name from organisations o where o.id = c.pilot_id), '') collate "fr-x-icu"`,
  status: sql`array_position(${campaignStatuses}::text[], c.status)::text collate "C"`,
  progress: sql`(select lpad(coalesce(1000 * (w.j ->> 'contacted')::bigint / nullif((w.j ->> 'targets')::bigint, 0), 0)::text, 9, '0')
    from (select jsonb_build_object(${worked}) as j) w) collate "C"`,
}
export type PlacedCampaign = Campaign & { readonly rank: string }
/** One row more than asked. `after`: the rank, the first day and the id of the last one shown. */
export const listCampaigns = async (
  db: Db,
  filter: CampaignFilter,
  order: CampaignOrder,
  after: readonly string[] | undefined,
  limit: number,
): Promise<PlacedCampaign[]> => {
  // The usual order turned round is that of the days themselves.
  const turned = order !== '-start' && order.startsWith('-')
  const rank = order === '-start' ? sql`c.starts_on::text collate "C"` : ranks[order.replace('-', '') as CampaignSort]
  const past = after
    ? sql`where ${turned ? sql`p.rank < ${after[0]}::text` : sql`p.rank > ${after[0]}::text`} or p.rank = ${after[0]}::text
      and (p.starts_on, p.id) < (${after[1]}::date, ${after[2]}::uuid)`
    : sql``
  const inOrder = sql`${turned ? sql`p.rank desc` : sql`p.rank`}, p.starts_on desc, p.id desc`
  const rows = await db.all(sql<Row & { readonly rank: string }>`
    with placed as (select c.id, c.starts_on, ${rank} as rank from campaigns c where ${matching(filter)}),
    page as (select * from placed p ${past} order by ${inOrder} limit ${limit + 1})
    ${campaigns(withCounts, sql`p.rank,`)} join page p on p.id = c.id order by ${inOrder}`)
  return rows.map(({ rank, ...row }) => ({ ...asCampaign(row), rank }))
}

/** Those that the viewer pilots and that are not over, the first to end first. */
export const pilotedCampaigns = async (db: Db, limit: number): Promise<Campaign[]> =>
  (
    await db.all(sql<Row>`${campaigns(withCounts)}
      where c.status in ('draft', 'open') and c.id in (select ctx.piloted_campaigns())
      order by c.ends_on, c.id limit ${limit}`)
  ).map(asCampaign)

export const countCampaigns = async (db: Db, filter: CampaignFilter): Promise<number> =>
  (await db.first(sql<{ total: number }>`select count(*) as total from campaigns c where ${matching(filter)}`))!.total

/** The territories that hold the whole of a territory; undefined when it is unknown. */
export const placeOf = (db: Db, territoryId: number): Promise<TerritoryLine | undefined> =>
  db.first(
    sql<TerritoryLine>`select l.region_id, l.departement_id, l.epci_id, l.clpe_id from territories t cross
      join territory_line(t.id) l where t.id = ${territoryId}`,
  )

export const countOrganisations = async (db: Db, ids: readonly string[]): Promise<number> =>
  (await db.first(sql<{ total: number }>`select count(*) as total from organisations where id = any (${ids}::uuid[])`))!
    .total

/** Accounts that may be named lead of a campaign of these organisations on this territory. */
export const leadCandidates = async (
  db: Db,
  organisationIds: readonly string[],
  territoryId: number,
  today: string,
): Promise<string[]> =>
  (
    await db.all(
      sql<{
        id: string
      }>`select * from campaign_lead_candidates(${organisationIds}::uuid[], ${territoryId}::int,
        ${today}::date) c (id)`,
    )
  ).map(row => row.id)

export interface Candidate {
  readonly id: string
  readonly name: string
  readonly organisationId: string
  readonly function: string
  readonly organisation: string
}

/** In the order of their names, those whose name or organisation has these words. */
export const listLeadCandidates = (
  db: Db,
  campaignId: string,
  q: string | undefined,
  today: string,
): Promise<Candidate[]> =>
  db.all(sql<Candidate>`
    select a.id, a.given_name || ' ' || a.family_name as name, a.organisation_id, a.function, o.name as organisation
    from campaigns c cross join campaign_lead_candidates(array(select m.organisation_id from campaign_members m
      where m.campaign_id = c.id), c.territory_id, ${today}::date) l (id)
    join accounts a on a.id = l.id join organisations o on o.id = a.organisation_id
    where c.id = ${campaignId}::uuid
      and ${
        q === undefined
          ? sql`true`
          : sql`position(search_words(${q}) in search_words(a.given_name || ' ' ||
      a.family_name || ' ' || o.name)) > 0`
      }
    order by a.family_name collate "fr-x-icu", a.given_name collate "fr-x-icu", a.id limit 50`)

/** The campaign's own results still proposed go to another one. Answers how many. */
export const copyResults = async (db: Db, from: string, to: string, at: Date): Promise<number> =>
  (await db.first(
    sql<{ copied: number }>`select copy_campaign_results(${from}::uuid, ${to}::uuid, ${at}::timestamptz) as copied`,
  ))!.copied

export interface CampaignFrame {
  readonly id: string
  readonly status: string
  readonly startsOn: string
  readonly endsOn: string
  readonly member: boolean
}

/** What recording in a campaign asks of it; nothing of its targets is counted here. */
export const campaignFrame = (db: Db, id: string): Promise<CampaignFrame | undefined> =>
  db.first(sql<CampaignFrame>`select id, status, starts_on, ends_on, exists (select from campaign_members m
    where m.campaign_id = campaigns.id and m.organisation_id = (select ctx.organisation())) as member
    from campaigns where id = ${id}::uuid`)

export interface OpenCampaign {
  readonly id: string
  readonly name: string
  readonly startsOn: string
  readonly endsOn: string
  readonly setAside: boolean
}

/** Open campaigns of the viewer's organisation that have this establishment as a target, the latest to start first. */
export const openCampaignsOf = (db: Db, siret: number): Promise<OpenCampaign[]> =>
  db.all(sql<OpenCampaign>`select c.id, c.name, c.starts_on, c.ends_on, t.status = 'ecarte' as set_aside
    from campaign_targets t join campaigns c on c.id = t.campaign_id and c.status = 'open'
    where t.siret = ${siret} and exists (select from campaign_members m where m.campaign_id = c.id
      and m.organisation_id = (select ctx.organisation()))
    order by c.starts_on desc, c.id desc`)
