import { type RawBuilder, sql } from 'kysely'
import { targetStatuses } from '../../../contract/work-with-employers/campaigns/targets.ts'
import type {
  portfolioGroupings,
  portfolioOrders,
  portfolioParts,
  portfolioSorts,
} from '../../../contract/work-with-employers/portfolio.ts'
import type { Db } from '../../platform/database.ts'
import { siretText } from '../../platform/siret.ts'
import type { TerritoryLine } from '../../platform/viewer.ts'
import { isClosed } from '../../territory-and-register/establishments/establishments.queries.ts'
import {
  companySizeKey,
  headcountKey,
  legalNatureKey,
  organisationRef,
  place,
  withEstablishments,
} from '../campaigns/references.queries.ts'
import type { TargetStatus } from '../campaigns/target-rules.ts'
import { phoneAt } from '../correspondents/correspondents.queries.ts'
import { strongestFirst } from '../correspondents/met-person.queries.ts'
import type { Result } from '../exchanges/exchange-rules.ts'
import { dueWhen, mine as ownActions, saidOf } from '../exchanges/next-actions.queries.ts'
import type { ParisMoment } from '../exchanges/next-actions.ts'

type Part = (typeof portfolioParts)[number]
type Grouping = (typeof portfolioGroupings)[number]
export interface PortfolioFilter {
  readonly campaign?: string | undefined
  readonly part?: Part | undefined
  /** Those of one group: what they have alike is `of`, or nothing. */
  readonly group?: Grouping | undefined
  readonly of?: string | undefined
}

const phone = phoneAt(sql`t.siret`)
const nameOf = (correspondent: string) => {
  const value = (field: string) => sql`(select v.value from correspondent_values v
    where v.correspondent_id = ${sql.ref(correspondent)} and v.field = ${field} and v.replaced_at is null
    order by ${strongestFirst} limit 1)`
  return sql`nullif(concat_ws(' ', ${value('givenName')}, ${value('familyName')}), '')`
}
/**
 * The day's work of the viewer: one line for each next action still to do, then for each target taken in an open
 * campaign that none of these lines holds. An action holds the target of its campaign; outside any, the first taken.
 * `sort`: planned ones by date; then those never contacted, the longest waiting first; then the longest untouched.
 */
const mine = (now: ParisMoment, { campaign }: PortfolioFilter) => {
  const due = dueWhen(now)
  return sql`(
  with held as materialized (
    select t.campaign_id, t.siret, t.status, t.taken_at, t.region_id, t.departement_id, t.epci_id, t.clpe_id
    from campaign_targets t join campaigns c on c.id = t.campaign_id and c.status = 'open'
    where t.taken_by = (select ctx.account()) and t.status not in ('traite', 'ecarte')),
  planned as materialized (
    select distinct on (n.id) n.id as action_id, n.exchange_id, n.siret, n.due_on,
      to_char(n.due_at, 'HH24:MI') as due_at, ${due.late} as late, ${due.today} as today, ${due.week} as week,
      coalesce(h.campaign_id, ${saidOf('x')}) as campaign_id, h.status, h.taken_at,
      n.region_id, n.departement_id, n.epci_id, n.clpe_id
    from next_actions n join exchanges x on x.id = n.exchange_id
      left join held h on h.siret = n.siret and (h.campaign_id = x.campaign_id or x.campaign_id is null)
    where ${ownActions} order by n.id, h.taken_at, h.campaign_id),
  lines as (
    select p.action_id as id, p.siret, p.campaign_id, p.status, p.taken_at, p.region_id, p.departement_id, p.epci_id,
      p.clpe_id, p.action_id, p.exchange_id, p.due_on, p.due_at, p.late, p.today, p.week
    from planned p
    union all
    select h.campaign_id, h.siret, h.campaign_id, h.status, h.taken_at, h.region_id, h.departement_id, h.epci_id,
      h.clpe_id, null, null, null, null, false, false, false
    from held h where not exists (select from planned p where p.siret = h.siret and p.campaign_id = h.campaign_id))
  select l.*, c.name as campaign_name, k.last_on, k.last_on is null as new,
    case when l.action_id is not null then '0' || l.due_on || coalesce(l.due_at, '24:00')
      when k.last_on is null then '1' || to_char(l.taken_at at time zone 'UTC', 'YYYY-MM-DD HH24:MI:SS')
      else '2' || k.last_on end as sort
  from lines l left join campaigns c on c.id = l.campaign_id
    left join lateral (select max(x.last_on) as last_on from campaign_contacts x where x.campaign_id = l.campaign_id
      and x.siret = l.siret and x.contacts > 0) k on true
  ${campaign ? sql`where l.campaign_id = ${campaign}::uuid` : sql``})`
}
const parts = {
  planned: sql`t.action_id is not null`,
  late: sql`t.late`,
  today: sql`t.today`,
  week: sql`t.week`,
  new: sql`t.new and t.action_id is null`,
}
type Sort = (typeof portfolioSorts)[number]
type Order = (typeof portfolioOrders)[number]
/** As the line shows it: of an exchange that row-level security keeps, nothing. */
const saidOn = sql`(select x.occurred_on::text from exchange_contents s join exchanges x on x.id = s.exchange_id
  where x.id = t.exchange_id)`
const takenOn = sql`to_char(t.taken_at at time zone 'UTC', 'YYYY-MM-DD HH24:MI:SS.MS')`
const last = '9999'
/** What each order compares, as text. Within one town or one campaign, the day's order stays. */
const orders: Record<Sort, RawBuilder<unknown>> = {
  day: sql`t.sort collate "C"`,
  name: sql`coalesce(e.name, '') collate "fr-x-icu"`,
  town: sql`coalesce(e.commune_name, '') collate "fr-x-icu"`,
  campaign: sql`coalesce(t.campaign_name, '') collate "fr-x-icu"`,
  status: sql`coalesce(array_position(${targetStatuses}::text[], t.status)::text, '') collate "C"`,
  contact: sql`coalesce(t.last_on::text, '') collate "C"`,
  words: sql`coalesce(${saidOn}, ${last}) collate "C"`,
  taken: sql`coalesce(${takenOn}, ${last}) collate "C"`,
  activity: sql`coalesce(e.naf, ${last}) collate "C"`,
  siret: sql`lpad(t.siret::text, 14, '0') collate "C"`,
  headcount: sql`${headcountKey} collate "C"`,
  size: sql`coalesce(${companySizeKey}, 9)::text collate "C"`,
  nature: sql`coalesce(${legalNatureKey}, 9)::text collate "C"`,
}
/** The same turned round: what has nothing to compare still comes last. */
const turnedOrders: Record<Sort, RawBuilder<unknown>> = {
  ...orders,
  day: sql`case when t.action_id is null then '' else t.sort end collate "C"`,
  words: sql`coalesce(${saidOn}, '') collate "C"`,
  taken: sql`coalesce(${takenOn}, '') collate "C"`,
  activity: sql`coalesce(e.naf, '') collate "C"`,
  headcount: sql`coalesce(nullif(${headcountKey}, '61'), '') collate "C"`,
  size: sql`coalesce(${companySizeKey}::text, '') collate "C"`,
  nature: sql`coalesce(${legalNatureKey}::text, '') collate "C"`,
}
const within = (part: PortfolioFilter['part']) => (part ? parts[part] : sql`true`)

/** What the lines `t` of one group have alike, as text, and what the group is called. */
const groups: Record<Grouping, { readonly key: RawBuilder<unknown>; readonly name: RawBuilder<unknown> }> = {
  status: { key: sql`t.status`, name: sql`null::text` },
  town: { key: sql`e.commune_name`, name: sql`e.commune_name` },
  campaign: { key: sql`t.campaign_id::text`, name: sql`t.campaign_name` },
}
const ofGroup = ({ group, of = undefined }: PortfolioFilter) =>
  group ? sql`${groups[group].key} is not distinct from ${of ?? null}::text` : sql`true`

export interface GroupRow {
  readonly of: string | null
  readonly name: string | null
  readonly count: number
}
/** States in their order; else the largest groups first, and last what has nothing alike. One more than `most`. */
export const portfolioGroups = (db: Db, now: ParisMoment, filter: PortfolioFilter, group: Grouping, most: number) =>
  db.all(sql<GroupRow>`with g as (
      select ${groups[group].key} as of, min(${groups[group].name}) as name, count(*)::int as count
      from ${mine(now, filter)} t left join establishments e on e.siret = t.siret where ${within(filter.part)} group by 1)
    select of, name, count from g
    order by ${group === 'status' ? sql`array_position(${targetStatuses}::text[], of)` : sql`of is null, count desc`},
      name collate "fr-x-icu", of limit ${most + 1}`)

/** The actions planned of a portfolio, by their ids. */
export const plannedLines = (now: ParisMoment, filter: PortfolioFilter) =>
  sql`select t.action_id as id from ${mine(now, filter)} t where ${parts.planned} and ${within(filter.part)}`

/** The employers of a portfolio, by their SIRET, `most` at most. */
export const portfolioSirets = (now: ParisMoment, filter: PortfolioFilter, most: number) =>
  sql<{
    readonly siret: number
  }>`select distinct t.siret from ${mine(now, filter)} t where ${within(filter.part)} limit ${most}`

/** What was said in the exchange that an action follows; null where row-level security keeps it. */
export interface Said {
  readonly occurredOn: string
  readonly result: Result
  readonly resultLabel: string | null
  readonly personMet: string | null
  readonly notes: string | null
  readonly need: string | null
}
export interface PortfolioRow {
  /** Of the action, or of the campaign where there is none. */
  readonly id: string
  readonly siret: number
  readonly campaignId: string | null
  readonly campaignName: string | null
  readonly status: TargetStatus | null
  /** As PostgreSQL writes an instant in JSON. */
  readonly takenAt: string | null
  /** What the order asked for compares. */
  readonly rank: string
  readonly sort: string
  readonly new: boolean
  readonly territories: TerritoryLine
  readonly lastContact: { organisation: { id: string; name: string; kind: string }; occurredOn: string } | null
  readonly actionId: string | null
  readonly said: Said | null
  readonly phone: string | null
  readonly correspondent: string | null
  readonly latitude: number | null
  readonly longitude: number | null
}
export type PortfolioCounts = Readonly<Record<Part | 'all', number>>
interface PortfolioRead {
  readonly lines: readonly PortfolioRow[]
  readonly counts: PortfolioCounts
  readonly campaigns: readonly { readonly id: string; readonly name: string; readonly count: number }[]
}
const lineOf = sql`jsonb_build_object('id', t.id, 'siret', t.siret, 'campaignId', t.campaign_id,
  'campaignName', t.campaign_name, 'status', t.status, 'takenAt', t.taken_at, 'rank', t.rank, 'sort', t.sort,
  'new', t.new,
  'territories', ${place('t')}, 'actionId', t.action_id, 'phone', p.value,
  'correspondent', ${nameOf('p.correspondent_id')}, 'latitude', e.latitude, 'longitude', e.longitude,
  'lastContact', (select jsonb_build_object('organisation', ${organisationRef('x.organisation_id')},
      'occurredOn', x.last_on)
    from campaign_contacts x where x.campaign_id = t.campaign_id and x.siret = t.siret and x.contacts > 0
    order by x.last_on desc, x.organisation_id limit 1),
  'said', (select jsonb_build_object('occurredOn', x.occurred_on, 'result', s.result, 'resultLabel', s.result_label,
      'personMet', case when (select ctx.opens('interlocuteurs')) then s.person_met end, 'notes', s.notes, 'need', s.need)
    from exchange_contents s join exchanges x on x.id = s.exchange_id where x.id = t.exchange_id))`
const countsOf = sql`jsonb_build_object('all', count(*), 'planned', count(*) filter (where ${parts.planned}),
  'late', count(*) filter (where ${parts.late}), 'today', count(*) filter (where ${parts.today}),
  'week', count(*) filter (where ${parts.week}), 'new', count(*) filter (where ${parts.new}))`

/**
 * A page of the day's work, one line more than asked; how many lines each part has; the campaigns of all lines. The
 * day's work is worked out once for the three. `after`: the rank, the sort, the SIRET and the id of the last line
 * shown.
 */
export const readPortfolio = async (
  db: Db,
  now: ParisMoment,
  { campaign, part, ...group }: PortfolioFilter,
  order: Order,
  after: readonly string[] | undefined,
  limit: number,
) => {
  const turned = order.startsWith('-')
  const sort = (turned ? order.slice(1) : order) as Sort
  const rank = (turned ? turnedOrders : orders)[sort]
  const inOrder = turned ? sql`t.rank desc, t.sort, t.siret, t.id` : sql`t.rank, t.sort, t.siret, t.id`
  const past = after && pastLine(turned, after)
  const { lines, ...rest } = (await db.first(sql<PortfolioRead>`
    with day as materialized ${mine(now, {})},
    kept as (select * from day t where ${campaign ? sql`t.campaign_id = ${campaign}::uuid` : sql`true`}),
    ranked as (select t.*, ${rank} as rank from kept t left join establishments e on e.siret = t.siret
      where ${within(part)} and ${ofGroup(group)}),
    page as (select * from ranked t ${past ?? sql``} order by ${inOrder} limit ${limit + 1})
    select
      (select coalesce(jsonb_agg(${lineOf} order by ${inOrder}), '[]') from page t
        left join establishments e on e.siret = t.siret left join lateral ${phone} p on true) as lines,
      (select ${countsOf} from kept t) as counts,
      (select coalesce(jsonb_agg(jsonb_build_object('id', c.id, 'name', c.name, 'count', c.count)
          order by c.name collate "fr-x-icu", c.id), '[]')
        from (select t.campaign_id as id, t.campaign_name as name, count(*) from day t
          where t.campaign_name is not null group by 1, 2) c) as campaigns`))!
  return { ...rest, lines: await withNumbers(lines, db, now.day) }
}
/** Turned round, the rank alone is. */
const pastLine = (turned: boolean, [rank, sort, siret, id]: readonly string[]) =>
  turned
    ? sql`where t.rank < ${rank}::text or t.rank = ${rank}::text
      and (t.sort, t.siret, t.id) > (${sort}::text, ${siret}::bigint, ${id}::uuid)`
    : sql`where (t.rank, t.sort, t.siret, t.id)
    > (${rank}::text, ${sort}::text, ${siret}::bigint, ${id}::uuid)`
const withNumbers = async (rows: readonly PortfolioRow[], db: Db, today: string) =>
  (await withEstablishments(db, rows, today)).map((row, i) => ({ ...row, siret: rows[i]!.siret }))

interface PointRow {
  readonly siret: number
  readonly campaignId: string | null
  readonly name: string | null
  readonly town: string | null
  readonly status: TargetStatus | null
  readonly dueOn: string | null
  readonly late: boolean
  readonly phone: string | null
  readonly closed: boolean
  readonly lat: number | null
  readonly lon: number | null
}
/** One point an employer: that of its first line. */
export const portfolioPoints = async (db: Db, now: ParisMoment, filter: PortfolioFilter) => {
  const rows = await db.all(sql<PointRow>`
    select t.siret, t.campaign_id, e.name, e.commune_name as town, t.status, t.due_on, t.late, p.value as phone,
      ${isClosed} as closed, e.latitude as lat, e.longitude as lon
    from (select distinct on (t.siret) * from ${mine(now, filter)} t where ${within(filter.part)}
      order by t.siret, t.sort, t.id) t
    left join establishments e on e.siret = t.siret and e.diffusion <> 'N' left join lateral ${phone} p on true
    order by t.sort, t.siret limit 2000`)
  const items = rows.flatMap(({ lat, lon, ...row }) =>
    lat === null || lon === null ? [] : [{ ...row, siret: siretText(row.siret), lat, lon }],
  )
  return { items, unplaced: rows.length - items.length }
}
