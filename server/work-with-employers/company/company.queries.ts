import { sql } from 'kysely'
import type { Db } from '../../platform/database.ts'
import { ofSameCompany, type Slice } from '../../platform/siret.ts'
import { organisationRef } from '../campaigns/references.queries.ts'

export interface HeldRow {
  readonly siret: number
  readonly campaign: { readonly id: string; readonly name: string }
  readonly status: string
  readonly organisation: { readonly id: string; readonly name: string; readonly kind: string }
  readonly person: { readonly id: string; readonly name: string; readonly organisationId: string } | null
  /** False: nobody has it in hand yet, the structure is the pilot. */
  readonly entrusted: boolean
  readonly contactCount: number
  readonly lastContactOn: string | null
}
/**
 * Targets of open campaigns that someone works or was given, at any establishment of the company: this one first. Two
 * open campaigns that share this one are both told, though nobody has it in hand there.
 */
export const heldInCompany = (db: Db, siret: number, { limit, from }: Slice): Promise<HeldRow[]> =>
  db.all(sql<HeldRow>`select t.siret, jsonb_build_object('id', c.id, 'name', c.name) as campaign, t.status,
      ${organisationRef('coalesce(t.taken_by_organisation, t.assigned_organisation, c.pilot_id)')} as organisation,
      (select jsonb_build_object('id', a.id, 'name', a.given_name || ' ' || a.family_name, 'organisationId',
        t.taken_by_organisation) from accounts a where a.id = t.taken_by) as person,
      coalesce(t.taken_by_organisation, t.assigned_organisation) is not null as entrusted,
      coalesce(x.contacts, 0)::int as contact_count, x.last_on as last_contact_on
    from campaign_targets t join campaigns c on c.id = t.campaign_id and c.status = 'open'
    left join lateral (select sum(k.contacts) as contacts, max(k.last_on) as last_on from campaign_contacts k
      where k.campaign_id = t.campaign_id and k.siret = t.siret and k.contacts > 0) x on true
    where ${ofSameCompany('t.siret', siret)} and t.status not in ('traite', 'ecarte')
      and (t.taken_by_organisation is not null or t.assigned_organisation is not null
        or t.siret = ${siret} and exists (select from campaign_targets s
          join campaigns d on d.id = s.campaign_id and d.status = 'open'
          where s.siret = t.siret and s.campaign_id <> t.campaign_id and s.status not in ('traite', 'ecarte')))
    order by t.siret <> ${siret}, c.starts_on desc, t.siret, c.id limit ${limit} offset ${from}`)

export interface HeldElsewhereRow {
  readonly siret: number
  readonly organisation: { readonly id: string; readonly name: string; readonly kind: string }
  /** False: shared with another campaign, without a hold. */
  readonly held: boolean
  readonly status: string
  readonly until: string
  readonly contactCount: number
  readonly lastContactOn: string | null
}
/** Those that campaigns the viewer does not read work on a day, held or shared: this establishment first. */
export const heldElsewhere = (
  db: Db,
  siret: number,
  day: string,
  { limit, from }: Slice,
): Promise<HeldElsewhereRow[]> =>
  db.all(sql<HeldElsewhereRow>`select h.siret, ${organisationRef('h.organisation_id')} as organisation, h.held, h.status, h.until,
      h.contacts as contact_count, h.last_on as last_contact_on
    from held_unread(${siret}::bigint, ${day}::date) h
    order by h.siret <> ${siret}, h.siret, not h.held, h.until desc, h.organisation_id, h.status limit ${limit} offset ${from}`)

export interface HeldBesideRow {
  /** The establishment asked. */
  readonly of: number
  /** The one that is held: another one of its company. */
  readonly siret: number
  readonly organisation: { readonly id: string; readonly name: string; readonly kind: string }
  /** Null: given to the structure, or held in a campaign that the viewer does not read. */
  readonly person: { readonly id: string; readonly name: string; readonly organisationId: string } | null
  /** Of a campaign that the viewer does not read: the last day of its hold. */
  readonly until: string | null
}
/**
 * Another establishment of the company of each that someone else holds: in a campaign that the viewer reads first, with
 * its person. At most one of each kind for each.
 */
export const heldBesideEach = (db: Db, sirets: readonly number[], day: string): Promise<HeldBesideRow[]> =>
  db.all(sql<HeldBesideRow>`select s.siret as of, h.siret, h.organisation, h.person, h.until
    from unnest(${sirets}::bigint[]) s (siret) cross join lateral (
      (select t.siret, ${organisationRef('coalesce(t.taken_by_organisation, t.assigned_organisation)')} as organisation,
          (select jsonb_build_object('id', a.id, 'name', a.given_name || ' ' || a.family_name, 'organisationId',
            t.taken_by_organisation) from accounts a where a.id = t.taken_by) as person,
          null::date as until, 1 as rank
        from campaign_targets t join campaigns c on c.id = t.campaign_id and c.status = 'open'
        where t.siret between s.siret / 100000 * 100000 and s.siret / 100000 * 100000 + 99999 and t.siret <> s.siret
          and t.status not in ('traite', 'ecarte')
          and coalesce(t.taken_by_organisation, t.assigned_organisation) is not null
          and t.taken_by is distinct from (select ctx.account())
        order by t.taken_by is null, c.starts_on desc, t.siret, c.id limit 1)
      union all
      (select h.siret, ${organisationRef('h.organisation_id')}, null, h.until, 2
        from held_unread(s.siret, ${day}::date) h where h.held and h.siret <> s.siret
        order by h.siret, h.until desc, h.organisation_id limit 1)) h
    order by s.siret, h.rank`)
