import { sql } from 'kysely'
import type { Db } from '../../platform/database.ts'
import { countStuck } from './progress.queries.ts'
import type { ZoneKind } from './progress-rules.ts'

const contacted = (id: string) =>
  sql`ctx.contacted_targets(${id}::uuid, array(select siret from campaign_targets where campaign_id = ${id}::uuid))`
/**
 * The figures of a campaign counted apart, a statement for each, under row-level security: what the one statement of
 * production is compared with. Advisors are counted by the owner, all of them.
 */
export const recount = async (db: Db, id: string, zone: ZoneKind, today: string, takenBefore: string) => ({
  groups: await groups(db, id, zone),
  statuses: await db.all(sql`select status, count(*)::int as lines from campaign_targets
    where campaign_id = ${id}::uuid group by 1`),
  firsts: await db.all(sql`select first_on as day, count(*)::int as count from ${contacted(id)}
    group by 1 order by 1`),
  results: await db.all(sql`select c.result, count(*)::int as count
    from exchanges x left join exchange_contents c on c.exchange_id = x.id
    where x.campaign_id = ${id}::uuid and x.status = 'recorded' group by 1 order by 2 desc, 1`),
  untouched: await countStuck(db, 'untouched', id, takenBefore),
  late: await countStuck(db, 'late', id, today),
})

const zones: Record<ZoneKind, ReturnType<typeof sql>> = {
  departement: sql`t.departement_id::text`,
  epci: sql`t.epci_id::text`,
  commune: sql`e.commune_code`,
}
const groups = (db: Db, id: string, zone: ZoneKind) =>
  db.all(sql`
    with work as (
      select t.status <> 'ecarte' as live, t.taken_by is not null as taken, c.first_on is not null as contacted,
        c.reached, c.meeting, c.need, ${zones[zone]} as zone, e.headcount_band as band,
        left(case e.naf_nomenclature when 'NAFRev2' then e.naf when 'NAF25' then e.naf_former end, 2) as division
      from campaign_targets t left join ${contacted(id)} c using (siret)
      left join establishments e on e.siret = t.siret where t.campaign_id = ${id}::uuid)
    select case grouping(division, band, zone) when 3 then 'division' when 5 then 'band' when 6 then 'zone'
        else 'all' end as by, division, band, zone,
      count(*) filter (where live)::int as targets, count(*) filter (where live and taken)::int as taken,
      count(*) filter (where contacted)::int as contacted, count(*) filter (where reached)::int as reached,
      count(*) filter (where meeting)::int as meetings, count(*) filter (where need)::int as needs
    from work group by grouping sets ((division), (band), (zone), ())`)

export interface AdvisorCount {
  readonly campaignId: string
  readonly accountId: string
  readonly organisationId: string
  readonly figures: readonly number[]
}
/** `owner` is connected as cc_owner: what every advisor holds and did, an organisation at a time. */
export const recountAdvisors = (today: string, takenBefore: string) => ({
  text: `
    with line as (
      select campaign_id as c, taken_by_organisation as o, taken_by as a, 1 as taken,
        (status = 'prise-en-charge' and (taken_at at time zone 'Europe/Paris')::date <= $2)::int as untouched,
        0 as contacts, null::bigint as contacted, 0 as late
      from campaign_targets where taken_by is not null and status <> 'ecarte'
      union all select campaign_id, organisation_id, author_id, 0, 0, 1, siret, 0
      from exchanges where status = 'recorded' and campaign_id is not null
      union all select x.campaign_id, n.organisation_id, n.owner_id, 0, 0, 0, null, 1
      from next_actions n join exchanges x on x.id = n.exchange_id
      where x.campaign_id is not null and n.done_at is null and n.cancelled_at is null and n.due_on < $1)
    select c as "campaignId", a as "accountId", o as "organisationId", jsonb_build_array(sum(taken), sum(untouched),
      sum(contacts), count(distinct contacted), sum(late)) as figures from line group by 1, 2, 3`,
  values: [today, takenBefore],
})

/** `owner` is connected as cc_owner: needs of the network that came from a campaign, and the hires they led to. */
export const recountHires = (campaignId: string, zone: ZoneKind) => {
  const cut = (by: string) => `select jsonb_build_object('by', '${by}', 'of', ${by},
    'hiring', count(*) filter (where hires > 0), 'hires', sum(hires)) as line from hired group by ${by}`
  return {
    text: `
      with need as (
        select n.id, n.state, n.organisation_id, x.siret,
          (select coalesce(sum(h.number), 0)::int from need_hires h where h.need_id = n.id) as hires
        from needs n, exchanges x where n.visibility = 'reseau' and x.id = n.exchange_id and x.campaign_id = $1),
      target as (
        select t.siret, e.headcount_band as band,
          case $2 when 'departement' then t.departement_id::text when 'epci' then t.epci_id::text
            else e.commune_code end as zone,
          left(case e.naf_nomenclature when 'NAFRev2' then e.naf when 'NAF25' then e.naf_former end, 2) as division
        from campaign_targets t left join establishments e using (siret) where t.campaign_id = $1),
      hired as (select t.*, (select sum(n.hires)::int from need n where n.siret = t.siret) as hires from target t),
      cut as (
        select jsonb_build_object('by', 'all', 'hiring', count(*) filter (where hires > 0), 'hires', sum(hires)) as line
        from hired union all ${['zone', 'band', 'division'].map(cut).join(' union all ')}),
      noted as (select organisation_id as id, count(*) as count from need group by 1),
      made as (select h.organisation_id as id, sum(h.number) as count from need_hires h
        join need on need.id = h.need_id group by 1)
      select (select coalesce(jsonb_agg(line), '[]') from cut where (line ->> 'hires')::int > 0) as lines,
        (select count(*)::int from need) as noted, (select coalesce(sum(hires), 0)::int from need) as hires,
        (select count(*)::int from need where state not in ('pourvu', 'pourvu-autrement', 'abandonne')) as open,
        (select coalesce(jsonb_object_agg(id, count), '{}') from noted) as "notedBy",
        (select coalesce(jsonb_object_agg(id, count), '{}') from made) as "hiredBy"`,
    values: [campaignId, zone],
  }
}
