import { type RawBuilder, sql } from 'kysely'
import type { Db } from '../../platform/database.ts'
import type { Campaign } from '../campaigns/campaign-lifecycle.ts'
import type { TargetStatus } from '../campaigns/target-rules.ts'
import type { Counts, ZoneKind } from './progress-rules.ts'

/** In order of day: how many targets were first contacted on it. */
export const firstContacts = (db: Db, campaignId: string): Promise<{ day: string; count: number }[]> =>
  db.all(
    sql<{
      day: string
      count: number
    }>`select first_on as day, count(*)::int as count from ctx.contacted_targets(${campaignId}::uuid) group by 1
      order by 1`,
  )

export const countByStatus = (db: Db, campaignId: string): Promise<{ status: TargetStatus; count: number }[]> =>
  db.all(
    sql<{
      status: TargetStatus
      count: number
    }>`select status, count(*)::int as count from campaign_targets where campaign_id = ${campaignId}::uuid
      group by status order by status`,
  )

export interface Group extends Counts {
  readonly by: 'all' | 'division' | 'band' | 'zone'
  readonly meetings: number
  readonly division: string | null
  readonly band: string | null
  readonly zone: string | null
  readonly zoneName: string | null
}
const zones: Record<ZoneKind, { readonly code: RawBuilder<unknown>; readonly name: RawBuilder<unknown> }> = {
  departement: {
    code: sql`t.departement_id::text`,
    name: sql`(select z.name from territories z where z.id = w.zone::int)`,
  },
  epci: { code: sql`t.epci_id::text`, name: sql`(select z.name from territories z where z.id = w.zone::int)` },
  commune: { code: sql`e.commune_code`, name: sql`(select z.name from communes z where z.code = w.zone)` },
}
/**
 * The targets of a campaign by division of the NAF, by headcount band, by zone, and all together: one reading of the
 * targets for the four.
 * Those set aside are no longer targets, but a contact with them stays counted.
 */
export const countGroups = (db: Db, campaignId: string, zone: ZoneKind): Promise<Group[]> =>
  db.all(sql<Group>`
    with work as (
      select t.status <> 'ecarte' as live, t.taken_by is not null as taken, c.first_on is not null as contacted,
        coalesce(c.reached, false) as reached, coalesce(c.meeting, false) as meeting, coalesce(c.need, false) as need,
        case when e.naf_nomenclature in ('NAFRev2', 'NAF25')
          then left(e.naf, 2) end as division, e.headcount_band as band, ${zones[zone].code} as zone
      from campaign_targets t left join ctx.contacted_targets(${campaignId}::uuid) c using (siret) left
        join establishments e on e.siret = t.siret
      where t.campaign_id = ${campaignId}::uuid),
    counted as (
      select case grouping(division, band, zone) when 3 then 'division' when 5 then 'band' when 6 then 'zone'
        else 'all' end as by, division, band, zone,
        count(*) filter (where live)::int as targets, count(*) filter (where live and taken)::int as taken,
          count(*) filter (where contacted)::int as contacted,
        count(*) filter (where reached)::int as reached, count(*) filter (where meeting)::int as meetings,
          count(*) filter (where need)::int as needs
      from work group by grouping sets ((division), (band), (zone), ()))
    select w.*, case when w.by = 'zone' then ${zones[zone].name} end as zone_name from counted w`)

export interface OrganisationRow {
  readonly organisation: Campaign['pilot']
  readonly taken: number
  readonly contacted: number
  readonly contacts: number
  readonly needs: number
  readonly lastContactOn: string | null
}
/**
 * What each member took and did, in the order of their names; from the marks of contacts, which every member sees
 * (EST-11).
 */
export const progressByOrganisation = (db: Db, campaignId: string): Promise<OrganisationRow[]> =>
  db.all(sql<OrganisationRow>`
    with taken as (
      select taken_by_organisation as id, count(*)::int as targets from campaign_targets
      where campaign_id = ${campaignId}::uuid and taken_by_organisation is not null and status <> 'ecarte' group by 1),
    done as (
      select organisation_id as id, count(*) filter (where contacts > 0)::int as targets,
        sum(contacts)::int as contacts, sum(needs)::int as needs, max(last_on) filter (where contacts > 0) as last_on
        from campaign_contacts
      where campaign_id = ${campaignId}::uuid group by 1)
    select jsonb_build_object('id', o.id, 'name', o.name, 'kind', o.kind) as organisation,
      coalesce(t.targets, 0) as taken,
      coalesce(d.targets, 0) as contacted, coalesce(d.contacts, 0) as contacts, coalesce(d.needs, 0) as needs,
        d.last_on as last_contact_on
    from campaign_members m join organisations o on o.id = m.organisation_id left join taken t on t.id = o.id left
      join done d on d.id = o.id
    where m.campaign_id = ${campaignId}::uuid order by o.name, o.id`)

/** Exchanges by what was heard, for what row-level security opens: a null result is one that it keeps. */
export const countResults = (db: Db, campaignId: string): Promise<{ result: string | null; count: number }[]> =>
  db.all(sql<{
    result: string | null
    count: number
  }>`select c.result, count(*)::int as count from exchanges x left join exchange_contents c on c.exchange_id = x.id
    where x.campaign_id = ${campaignId}::uuid and x.status = 'recorded' group by 1 order by 2 desc, 1`)

export interface AdvisorRow {
  readonly person: { readonly id: string; readonly name: string; readonly organisationId: string }
  readonly taken: number
  readonly untouched: number
  readonly contacts: number
  readonly contacted: number
  readonly late: number
}
/** Those whose figures the viewer may read, in the order of their names. */
export const progressByAdvisor = (
  db: Db,
  campaignId: string,
  today: string,
  takenBefore: string,
): Promise<AdvisorRow[]> =>
  db.all(sql<AdvisorRow>`select jsonb_build_object('id', a.id, 'name', a.given_name || ' ' || a.family_name,
    'organisationId', a.organisation_id) as person, r.taken, r.untouched, r.contacts, r.contacted, r.late
    from campaign_advisors(${campaignId}::uuid, ${today}::date, ${takenBefore}::date) r
      join accounts a on a.id = r.account_id order by a.family_name, a.given_name, a.id`)

/* What is stuck: a target taken and not contacted since, an action whose day is over. */

export interface StuckRow {
  readonly id: string
  readonly siret: number
  readonly organisation: Campaign['pilot']
  readonly person: AdvisorRow['person']
  readonly on: string
  readonly what: string
}
export type StuckKind = 'untouched' | 'late'
const stuck: Record<StuckKind, (campaignId: string, since: string) => RawBuilder<unknown>> = {
  untouched: (
    campaignId,
    since,
  ) => sql`select t.siret::text as id, t.siret, t.taken_by_organisation as organisation_id, t.taken_by as person_id,
    (t.taken_at at time zone 'Europe/Paris')::date as on, 'taken' as what
    from campaign_targets t where t.campaign_id = ${campaignId}::uuid and t.status = 'prise-en-charge'
      and (t.taken_at at time zone 'Europe/Paris')::date <= ${since}::date`,
  late: (
    campaignId,
    today,
  ) => sql`select n.id::text, n.siret, n.organisation_id, n.owner_id as person_id, n.due_on as on, n.kind as what
    from exchanges x join next_actions n on n.exchange_id = x.id where x.campaign_id = ${campaignId}::uuid
      and n.done_at is null and n.cancelled_at is null and n.due_on < ${today}::date`,
}
/** The oldest first, one row more than asked. `after`: the day and the id of the last one shown. */
export const listStuck = (
  db: Db,
  kind: StuckKind,
  campaignId: string,
  day: string,
  after: readonly string[] | undefined,
  limit: number,
): Promise<StuckRow[]> =>
  db.all(sql<StuckRow>`select s.id, s.siret, s.on, s.what,
    (select jsonb_build_object('id', o.id, 'name', o.name, 'kind', o.kind) from organisations o
    where o.id = s.organisation_id) as organisation,
      (select jsonb_build_object('id', a.id, 'name', a.given_name || ' ' || a.family_name, 'organisationId',
        a.organisation_id) from accounts a where a.id = s.person_id) as person
    from (${stuck[kind](campaignId, day)}) s ${
      after
        ? sql`where (s.on, s.id) > (${after[0]}::date,
      ${after[1]})`
        : sql``
    } order by s.on, s.id limit ${limit + 1}`)
export const countStuck = async (db: Db, kind: StuckKind, campaignId: string, day: string): Promise<number> =>
  (await db.first(sql<{ total: number }>`select count(*)::int as total from (${stuck[kind](campaignId, day)}) s`))!
    .total
