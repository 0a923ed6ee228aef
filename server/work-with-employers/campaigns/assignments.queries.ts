import { type RawBuilder, sql } from 'kysely'
import type { Db } from '../../platform/database.ts'
import { formerActivities } from '../../territory-and-register/establishments/establishments.queries.ts'
import { isNotToContact } from './references.queries.ts'
import { divisionsIn, matching, type TargetFilter } from './targets.queries.ts'

/*
 * Who is given which targets (CAM-4). The lines of a sharing out are written when it is simulated; the parts of its bulk
 * work apply those that still hold, and give each its instant (database/functions/sharing.sql).
 */

export type Which =
  | { readonly sirets: readonly number[] }
  | { readonly filter: TargetFilter; readonly except: readonly number[] }
/**
 * What tells the targets apart: nothing, their zone, their activity or who knows the employer; to the place of each in
 * a list.
 */
export type Parts =
  | { readonly by: 'nothing' }
  | { readonly by: 'zone'; readonly places: ReadonlyMap<number | string, number> }
  | { readonly by: 'activity'; readonly places: ReadonlyMap<string, number> }
  /** By account where it is in the list, by organisation otherwise. */
  | { readonly by: 'referent'; readonly places: ReadonlyMap<string, number> }
export interface Choice {
  readonly campaignId: string
  readonly which: Which
  readonly parts: Parts
  /** `organisation`: only what the viewer's organisation or nobody holds, where the viewer works. */
  readonly scope: 'campaign' | 'organisation'
  /** Those not to be contacted on this day are left where they are (EST-10). */
  readonly today: string
}

const asObject = (places: ReadonlyMap<unknown, number>) => JSON.stringify(Object.fromEntries(places))
// A commune's code may read like the number of a CLPE: it is told apart by a letter.
const zoneKeys = (places: ReadonlyMap<number | string, number>) =>
  new Map([...places].map(([zone, place]) => [typeof zone === 'number' ? `${zone}` : `c${zone}`, place]))
const activityKeys = (places: ReadonlyMap<string, number>) =>
  new Map([...places].flatMap(([code, place]) => divisionsIn(code).map(one => [one, place] as const)).reverse())
const partOf = (parts: Parts): RawBuilder<unknown> => {
  if (parts.by === 'nothing') return sql`0`
  if (parts.by === 'referent')
    return sql`(select coalesce((m.o ->> r.account_id::text)::int, (m.o ->> r.organisation_id::text)::int)
      from (select ${asObject(parts.places)}::jsonb as o) m)`
  if (parts.by === 'activity')
    return sql`(select least((m.o ->> left(m.code, 2))::int, (m.o ->> left(m.code, 4))::int,
      (m.o ->> left(m.code, 5))::int, (m.o ->> m.code)::int)
      from (select ${asObject(activityKeys(parts.places))}::jsonb as o, (${formerActivities})[1] as code) m)`
  return sql`(select least((m.o ->> ('c' || e.commune_code))::int, (m.o ->> t.epci_id::text)::int,
    (m.o ->> t.clpe_id::text)::int, (m.o ->> t.departement_id::text)::int, (m.o ->> t.region_id::text)::int)
    from (select ${asObject(zoneKeys(parts.places))}::jsonb as o) m)`
}
/** The targets `t` of a selection. */
export const whichOnes = (campaignId: string, which: Which) =>
  'sirets' in which
    ? sql`t.campaign_id = ${campaignId}::uuid and t.siret = any (${which.sirets}::bigint[])`
    : sql`${matching(campaignId, which.filter)} and t.siret <> all (${which.except}::bigint[])`
const withinScope = (scope: Choice['scope']) =>
  scope === 'campaign'
    ? sql`true`
    : sql`
  coalesce(t.assigned_organisation, t.taken_by_organisation, (select ctx.organisation())) = (select ctx.organisation())
  and ctx.covers((select ctx.conseiller()), t.region_id, t.departement_id, t.epci_id, t.clpe_id)`

/** The targets still to work among those asked for. */
export const workable = ({ campaignId, which, scope }: Choice) =>
  sql`${whichOnes(campaignId, which)} and t.status not in ('traite', 'ecarte') and ${withinScope(scope)}`

/** The same but those not to be contacted, each with its part and the key of those that are alike. */
const chosen = (choice: Choice) => sql`(
  select c.*, concat_ws('|', coalesce(c.part, -1), coalesce(c.region_id, 0), coalesce(c.departement_id, 0),
    coalesce(c.epci_id, 0), coalesce(c.clpe_id, 0), coalesce(c.assigned_organisation::text, ''),
    coalesce(c.taken_by::text, '')) as key
  from (
    select t.siret, t.status, t.region_id, t.departement_id, t.epci_id, t.clpe_id, t.assigned_organisation, t.taken_by,
      t.taken_by_organisation, t.taken_at, e.commune_code, ${partOf(choice.parts)} as part
    from campaign_targets t left join establishments e on e.siret = t.siret
    ${
      choice.parts.by === 'referent'
        ? sql`left
      join sharing_referents(${choice.campaignId}::uuid, array(select t.siret from campaign_targets t
      where ${whichOnes(choice.campaignId, choice.which)})) r on r.siret = t.siret`
        : sql``
    }
    where ${workable(choice)} and not ${isNotToContact('t.siret', choice.today)}) c)`
export interface GroupRow {
  readonly key: string
  readonly part: number | null
  readonly regionId: number | null
  readonly departementId: number | null
  readonly epciId: number | null
  readonly clpeId: number | null
  /** Who holds them: the organisation they are entrusted to, or whose person took them. */
  readonly organisationId: string | null
  readonly accountId: string | null
  readonly count: number
}
export const groupChosen = (db: Db, choice: Choice): Promise<GroupRow[]> =>
  db.all(sql<GroupRow>`select key, part, region_id, departement_id, epci_id, clpe_id,
    coalesce(assigned_organisation, min(taken_by_organisation::text)::uuid) as organisation_id, taken_by as account_id,
    count(*)::int as count
    from ${chosen(choice)} c group by key, part, region_id, departement_id, epci_id, clpe_id, assigned_organisation,
      taken_by order by key`)

/**
 * From the `first` to the `last` target of a group, counted from 1 in the order of communes: neighbours go together.
 */
export interface Line {
  readonly key: string
  readonly first: number
  readonly last: number
  readonly organisationId: string
  readonly accountId: string | null
}
/** Writes who would get what; nothing else changes. Answers how many targets would change hands. */
export const planAssignments = (db: Db, sharingId: string, choice: Choice, lines: readonly Line[]): Promise<number> =>
  db.run(sql`
    insert into target_assignments (sharing_id, campaign_id, siret, from_assigned, from_organisation, from_account,
      from_taken_at, to_organisation, to_account, status, contacts)
    select ${sharingId}::uuid, ${choice.campaignId}::uuid, c.siret, c.assigned_organisation, c.taken_by_organisation,
      c.taken_by, c.taken_at, l.organisation_id, l.account_id, c.status, coalesce(x.contacts, 0)
    from (select c.*, row_number() over (partition by c.key order by c.commune_code, c.siret) as n
      from ${chosen(choice)} c) c
    join unnest(${lines.map(l => l.key)}::text[], ${lines.map(l => l.first)}::int[], ${lines.map(l => l.last)}::int[],
      ${lines.map(l => l.organisationId)}::uuid[], ${lines.map(l => l.accountId)}::uuid[])
      l (key, first, last, organisation_id, account_id) on l.key = c.key and c.n between l.first and l.last
    left join (select siret, sum(contacts)::int as contacts from campaign_contacts
      where campaign_id = ${choice.campaignId}::uuid group by siret) x on x.siret = c.siret
    order by c.siret`)

/** The targets `t` that a plan would give to another. */
export const plannedTargets = (sharingId: string): RawBuilder<unknown> =>
  sql`target_assignments a join campaign_targets t on t.campaign_id = a.campaign_id and t.siret = a.siret
    and a.sharing_id = ${sharingId}::uuid`

interface Someone {
  readonly accountId: string
  readonly organisationId: string
}
const note = (
  db: Db,
  campaignId: string,
  siret: number,
  from: Someone | null,
  to: Someone | null,
  status: string,
  byId: string,
  at: Date,
) =>
  db.run(sql`insert into target_assignments (campaign_id, siret, at, by_id, from_organisation, from_account,
    to_organisation, to_account, status, contacts)
    values (${campaignId}::uuid, ${siret}, ${at}, ${byId}::uuid, ${from?.organisationId ?? null}::uuid,
      ${from?.accountId ?? null}::uuid, ${to?.organisationId ?? null}::uuid, ${to?.accountId ?? null}::uuid, ${status},
      0)`)
export const noteTaking = (db: Db, campaignId: string, siret: number, by: Someone, status: string, at: Date) =>
  note(db, campaignId, siret, null, by, status, by.accountId, at)
export const noteRelease = (
  db: Db,
  campaignId: string,
  siret: number,
  holder: { readonly id: string; readonly organisationId: string },
  status: string,
  byId: string,
  at: Date,
) =>
  note(db, campaignId, siret, { accountId: holder.id, organisationId: holder.organisationId }, null, status, byId, at)

/** Who of an organisation has targets to work in hand, and how many. */
export const holdersOf = (
  db: Db,
  campaignId: string,
  organisationId: string,
): Promise<{ accountId: string; targets: number }[]> =>
  db.all(sql<{ accountId: string; targets: number }>`select a.id as account_id, count(*)::int as targets
    from campaign_targets t join accounts a on a.id = t.taken_by
    where t.campaign_id = ${campaignId}::uuid and t.taken_by_organisation = ${organisationId}::uuid
      and t.status not in ('traite', 'ecarte') group by a.id order by a.id`)

export interface TakenHolder {
  readonly campaignId: string
  readonly campaignName: string
  readonly accountId: string
  readonly targets: number
}
/** Who has in hand what a campaign is about to take from others, and of which. */
export const takenHolders = (db: Db, taker: string, today: string): Promise<TakenHolder[]> =>
  db.all(sql<TakenHolder>`select campaign_id, campaign_name, account_id, targets
    from taken_holders(${taker}::uuid, ${today}::date)`)

/**
 * Gives back all that an organisation was entrusted with or whose people took, in order of SIRET, with its history.
 * Answers how many.
 */
export const releaseAllOf = async (
  db: Db,
  campaignId: string,
  organisationId: string,
  byId: string,
  at: Date,
): Promise<number> => {
  const theirs = sql`t.campaign_id = ${campaignId}::uuid
    and coalesce(t.assigned_organisation, t.taken_by_organisation) = ${organisationId}::uuid`
  await db.first(
    sql`select count(*) from (select from campaign_targets t where ${theirs} order by t.siret for update) x`,
  )
  await db.run(sql`insert into target_assignments (campaign_id, siret, at, by_id, from_assigned, from_organisation,
      from_account, from_taken_at, status, contacts)
    select t.campaign_id, t.siret, ${at}, ${byId}::uuid, t.assigned_organisation, t.taken_by_organisation, t.taken_by,
      t.taken_at, t.status, 0 from campaign_targets t where ${theirs} order by t.siret`)
  return db.run(sql`update campaign_targets t set assigned_organisation = null, taken_by = null,
      taken_by_organisation = null, taken_at = null, status = case when t.status = 'prise-en-charge' then 'a-contacter' else t.status end where ${theirs}`)
}

export interface AssignmentRow {
  readonly at: Date
  readonly byId: string
  readonly byName: string
  readonly byOrganisationId: string
  readonly how: string | null
  readonly reason: string | null
  readonly undone: boolean
  readonly fromOrganisation: { id: string; name: string; kind: string } | null
  readonly fromId: string | null
  readonly fromName: string | null
  readonly toOrganisation: { id: string; name: string; kind: string } | null
  readonly toId: string | null
  readonly toName: string | null
}
const organisation = (id: string) =>
  sql`(select jsonb_build_object('id', o.id, 'name', o.name, 'kind', o.kind) from organisations o
    where o.id = ${sql.raw(id)})`
/** The history of one target, the latest first; simulations are none. */
export const listAssignments = (db: Db, campaignId: string, siret: number): Promise<AssignmentRow[]> =>
  db.all(sql<AssignmentRow>`
    select coalesce(a.at, s.done_at) as at, b.id as by_id, b.given_name || ' ' || b.family_name as by_name,
      b.organisation_id as by_organisation_id, s.how, coalesce(a.reason, s.reason) as reason, a.undone,
      ${organisation('coalesce(a.from_assigned, a.from_organisation)')} as from_organisation, a.from_account as from_id,
        (select p.given_name || ' ' || p.family_name from accounts p where p.id = a.from_account) as from_name,
      ${organisation('a.to_organisation')} as to_organisation, a.to_account as to_id,
        (select p.given_name || ' ' || p.family_name from accounts p where p.id = a.to_account) as to_name
    from target_assignments a left join target_sharings s on s.id = a.sharing_id
      join accounts b on b.id = coalesce(a.by_id, s.by_id)
    where a.campaign_id = ${campaignId}::uuid and a.siret = ${siret} and a.at is not null
    order by at desc, a.id desc limit 100`)
