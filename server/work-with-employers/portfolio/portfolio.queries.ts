import { sql } from 'kysely'
import type { Db } from '../../platform/database.ts'
import { siretText } from '../../platform/siret.ts'
import type { TerritoryLine } from '../../platform/viewer.ts'
import { organisationRef, place, withEstablishments } from '../campaigns/references.queries.ts'
import type { TargetStatus } from '../campaigns/target-rules.ts'
import { lateWhen } from '../exchanges/next-actions.queries.ts'
import type { ParisMoment } from '../exchanges/next-actions.ts'

export interface PortfolioFilter {
  readonly campaign?: string | undefined
  readonly part?: 'late' | 'today' | 'week' | 'new' | undefined
}

const phone = sql`(select v.value from correspondents c join correspondent_values v on v.correspondent_id = c.id
  and v.field = 'phone' and v.replaced_at is null
  where c.siret = t.siret and c.retired_at is null order by v.recorded_at desc, v.id desc limit 1)`
/**
 * Targets that the viewer takes care of: in open campaigns, with their own earliest next action there, or outside any
 * campaign.
 * `sort`: planned ones by date; then those never contacted, the longest waiting first; then the longest untouched.
 */
const mine = (now: ParisMoment, { campaign }: PortfolioFilter) => sql`(
  select t.*, coalesce('0' || n.due_on || coalesce(n.due_at, '24:00'), case when k.last_on is null
    then '1' || to_char(t.taken_at at time zone 'UTC', 'YYYY-MM-DD HH24:MI:SS') else '2' || k.last_on end) as sort,
    k.last_on is null as new, n.id as action_id, n.kind as action_kind, n.due_on, n.due_at,
      coalesce(n.late, false) as late, coalesce(n.today, false) as today, coalesce(n.week, false) as week
  from (
    select t.campaign_id, c.name as campaign_name, t.siret, t.status, t.taken_at, t.region_id, t.departement_id,
      t.epci_id, t.clpe_id from campaign_targets t join campaigns c on c.id = t.campaign_id and c.status = 'open'
    where t.taken_by = (select ctx.account())
      and t.status not in ('traite', 'ecarte') ${campaign ? sql`and t.campaign_id = ${campaign}::uuid` : sql``}) t
  left join lateral (select max(x.last_on) as last_on from campaign_contacts x where x.campaign_id = t.campaign_id
    and x.siret = t.siret and x.contacts > 0) k on true
  left join lateral (
    select n.id, n.kind, n.due_on, to_char(n.due_at, 'HH24:MI') as due_at, ${lateWhen(now)} as late,
      n.due_on = ${now.day}::date and not coalesce(${lateWhen(now)}, false) as today, n.due_on between ${now.day}::date
        and ${now.day}::date + 6 and not coalesce(${lateWhen(now)}, false) as week
    from next_actions n join exchanges x on x.id = n.exchange_id
      and (x.campaign_id = t.campaign_id or x.campaign_id is null)
    where n.siret = t.siret and n.owner_id = (select ctx.account()) and n.done_at is null and n.cancelled_at is null
      order by n.due_on, n.due_at, n.id limit 1) n on true)`
const parts = { late: sql`t.late`, today: sql`t.today`, week: sql`t.week`, new: sql`t.new and t.due_on is null` }
const within = (part: PortfolioFilter['part']) => (part ? parts[part] : sql`true`)

export interface PortfolioRow {
  readonly siret: number
  readonly campaignId: string
  readonly campaignName: string
  readonly status: TargetStatus
  readonly takenAt: Date
  readonly sort: string
  readonly new: boolean
  readonly territories: TerritoryLine
  readonly lastContact: { organisation: { id: string; name: string; kind: string }; occurredOn: string } | null
  readonly actionId: string | null
  readonly actionKind: string | null
  readonly dueOn: string | null
  readonly dueAt: string | null
  readonly late: boolean
  readonly phone: string | null
  readonly latitude: number | null
  readonly longitude: number | null
}
/** One row more than asked. `after`: the sort, the SIRET and the campaign of the last one shown. */
export const listPortfolio = async (
  db: Db,
  now: ParisMoment,
  filter: PortfolioFilter,
  after: readonly string[] | undefined,
  limit: number,
) =>
  withNumbers(
    await db.all(sql<PortfolioRow>`
    select t.siret, t.campaign_id, t.campaign_name, t.status, t.taken_at, t.sort, t.new, ${place('t')} as territories,
      t.action_id, t.action_kind, t.due_on, t.due_at, t.late, ${phone} as phone, e.latitude, e.longitude,
      (select jsonb_build_object('organisation', ${organisationRef('x.organisation_id')}, 'occurredOn', x.last_on)
        from campaign_contacts x where x.campaign_id = t.campaign_id and x.siret = t.siret and x.contacts > 0
          order by x.last_on desc, x.organisation_id limit 1) as last_contact
    from ${mine(now, filter)} t left join establishments e on e.siret = t.siret
    where ${within(filter.part)} ${
      after
        ? sql`and (t.sort, t.siret, t.campaign_id) > (${after[0]}, ${after[1]}::bigint,
      ${after[2]}::uuid)`
        : sql``
    }
    order by t.sort, t.siret, t.campaign_id limit ${limit + 1}`),
    db,
    now.day,
  )
const withNumbers = async (rows: readonly PortfolioRow[], db: Db, today: string) =>
  (await withEstablishments(db, rows, today)).map((row, i) => ({ ...row, siret: rows[i]!.siret }))

export interface PortfolioCounts {
  readonly all: number
  readonly late: number
  readonly today: number
  readonly week: number
  readonly new: number
}
export const countPortfolio = async (db: Db, now: ParisMoment, filter: PortfolioFilter): Promise<PortfolioCounts> =>
  (await db.first(sql<PortfolioCounts>`
    select count(*)::int as all, count(*) filter (where ${parts.late})::int as late,
      count(*) filter (where ${parts.today})::int as today, count(*) filter (where ${parts.week})::int as week,
      count(*) filter (where ${parts.new})::int as new
    from ${mine(now, { campaign: filter.campaign })} t`))!
export const portfolioCampaigns = (db: Db): Promise<{ id: string; name: string; count: number }[]> =>
  db.all(sql`select c.id, c.name, count(*)::int as count from campaign_targets t
    join campaigns c on c.id = t.campaign_id and c.status = 'open'
    where t.taken_by = (select ctx.account()) and t.status not in ('traite', 'ecarte') group by c.id, c.name
      order by c.name, c.id`)

interface PointRow {
  readonly siret: number
  readonly campaignId: string
  readonly name: string | null
  readonly town: string | null
  readonly status: TargetStatus
  readonly dueOn: string | null
  readonly late: boolean
  readonly phone: string | null
  readonly lat: number | null
  readonly lon: number | null
}
export const portfolioPoints = async (db: Db, now: ParisMoment, filter: PortfolioFilter) => {
  const rows = await db.all(sql<PointRow>`
    select t.siret, t.campaign_id, e.name, e.commune_name as town, t.status, t.due_on, t.late, ${phone} as phone,
      e.latitude as lat, e.longitude as lon
    from ${mine(now, filter)} t left join establishments e on e.siret = t.siret and e.diffusion <> 'N'
      where ${within(filter.part)} order by t.sort, t.siret limit 2000`)
  const items = rows.flatMap(({ lat, lon, ...row }) =>
    lat === null || lon === null ? [] : [{ ...row, siret: siretText(row.siret), lat, lon }],
  )
  return { items, unplaced: rows.length - items.length }
}
