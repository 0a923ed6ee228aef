import { type RawBuilder, sql } from 'kysely'
import type { Db } from '../../platform/database.ts'
import type { Campaign } from '../campaigns/campaign-lifecycle.ts'
import type { TargetStatus } from '../campaigns/target-rules.ts'
import type { Counts, ZoneKind } from './progress-rules.ts'

/** Targets by division of the NAF, by headcount band, by zone, by status, and all together. */
export interface Group extends Counts {
  readonly by: 'all' | 'division' | 'band' | 'zone' | 'status'
  readonly division: string | null
  readonly band: string | null
  readonly zone: string | null
  readonly zoneName: string | null
  readonly status: TargetStatus | null
  /** Those set aside included; they are no longer targets, but a contact with them stays counted. */
  readonly lines: number
  readonly meetings: number
  readonly untouched: number
  /** Targets with a hire. */
  readonly hiring: number
}
export interface AdvisorRow {
  readonly person: { readonly id: string; readonly name: string; readonly organisationId: string }
  readonly taken: number
  readonly untouched: number
  readonly contacts: number
  readonly contacted: number
  readonly late: number
}
export interface ProgressFigures {
  readonly groups: Group[]
  /** In order of day: how many targets were first contacted on it. */
  readonly firsts: { readonly day: string; readonly count: number }[]
  /** Exchanges by what was heard, for what the viewer reads; null: what is kept from them. */
  readonly results: { readonly result: string | null; readonly count: number }[]
  /** Those whose figures the viewer may read, in the order of their names. */
  readonly advisors: AdvisorRow[]
  readonly late: number
  /** For the network, from an exchange of the campaign; by structure: what it noted, and the hires that it made. */
  readonly needs: {
    readonly noted: number
    readonly open: number
    readonly hires: number
    readonly byOrganisation: readonly { readonly id: string; readonly noted: number; readonly hires: number }[]
  }
}
/**
 * All that is counted of a campaign's targets and exchanges, each read once. Nothing of a campaign that is not visible.
 * `takenBefore`: the last day of taking for a target without news to be stuck.
 */
export const progressFigures = (
  db: Db,
  campaignId: string,
  zone: ZoneKind,
  today: string,
  takenBefore: string,
): Promise<ProgressFigures | undefined> =>
  db.first(sql<ProgressFigures>`select p.groups, p.firsts, p.results, p.late, p.needs,
    (select coalesce(jsonb_agg(jsonb_build_object('person', jsonb_build_object('id', a.id,
        'name', a.given_name || ' ' || a.family_name, 'organisationId', a.organisation_id), 'taken', r.taken,
        'untouched', r.untouched, 'contacts', r.contacts, 'contacted', r.contacted, 'late', r.late)
        order by a.family_name collate "fr-x-icu", a.given_name collate "fr-x-icu", a.id), '[]')
      from jsonb_to_recordset(p.advisors)
        as r (id uuid, taken int, untouched int, contacts int, contacted int, late int)
        join accounts a on a.id = r.id) as advisors
    from ctx.campaign_progress(${campaignId}::uuid, ${zone}, ${today}::date, ${takenBefore}::date) p`)

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
    where m.campaign_id = ${campaignId}::uuid order by o.name collate "fr-x-icu", o.id`)

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

export interface StuckCounts {
  readonly campaignId: string
  readonly untouched: number
  readonly waiting: number
  readonly late: number
  /** Members without a contact since that day, whenever the campaign opened. */
  readonly quiet: number
}
/** The same of several campaigns at once, for their pilot's home page. */
export const countStuckIn = (db: Db, ids: readonly string[], today: string, since: string): Promise<StuckCounts[]> =>
  db.all(sql<StuckCounts>`
    select c.id as campaign_id, coalesce(t.untouched, 0) as untouched, coalesce(t.waiting, 0) as waiting,
      coalesce(n.late, 0) as late, coalesce(m.quiet, 0) as quiet
    from campaigns c
    left join (select campaign_id, count(*) filter (where status = 'a-contacter')::int as waiting,
        count(*) filter (where status = 'prise-en-charge'
          and (taken_at at time zone 'Europe/Paris')::date <= ${since}::date)::int as untouched
      from campaign_targets where campaign_id = any (${ids}::uuid[]) group by 1) t on t.campaign_id = c.id
    left join (select x.campaign_id, count(*)::int as late
      from exchanges x join next_actions n on n.exchange_id = x.id
      where x.campaign_id = any (${ids}::uuid[]) and n.done_at is null and n.cancelled_at is null
        and n.due_on < ${today}::date group by 1) n on n.campaign_id = c.id
    left join (select m.campaign_id, count(*)::int as quiet from campaign_members m
      where m.campaign_id = any (${ids}::uuid[]) and not exists (select from campaign_contacts k
        where k.campaign_id = m.campaign_id and k.organisation_id = m.organisation_id and k.contacts > 0
          and k.last_on > ${since}::date) group by 1) m on m.campaign_id = c.id
    where c.id = any (${ids}::uuid[])`)
