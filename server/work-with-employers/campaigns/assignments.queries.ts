import { type RawBuilder, sql } from 'kysely'
import type { Db } from '../../platform/database.ts'
import { divisionsIn, matching, type TargetFilter } from './targets.queries.ts'

/*
 * Who is given which targets (CAM-4). The lines of a sharing out are written when it is simulated; doing it applies
 * those that still hold.
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
    return sql`(select least((m.o ->> left(e.naf, 2))::int, (m.o ->> left(e.naf, 4))::int,
      (m.o ->> left(e.naf, 5))::int, (m.o ->> e.naf)::int)
      from (select ${asObject(activityKeys(parts.places))}::jsonb as o) m)`
  return sql`(select least((m.o ->> ('c' || e.commune_code))::int, (m.o ->> t.epci_id::text)::int,
    (m.o ->> t.clpe_id::text)::int, (m.o ->> t.departement_id::text)::int, (m.o ->> t.region_id::text)::int)
    from (select ${asObject(zoneKeys(parts.places))}::jsonb as o) m)`
}
const whichOnes = (campaignId: string, which: Which) =>
  'sirets' in which
    ? sql`t.campaign_id = ${campaignId}::uuid and t.siret = any (${which.sirets}::bigint[])`
    : sql`${matching(campaignId, which.filter)} and t.siret <> all (${which.except}::bigint[])`
const withinScope = (scope: Choice['scope']) =>
  scope === 'campaign'
    ? sql`true`
    : sql`
  coalesce(t.assigned_organisation, t.taken_by_organisation, (select ctx.organisation())) = (select ctx.organisation())
  and ctx.covers((select ctx.conseiller()), t.region_id, t.departement_id, t.epci_id, t.clpe_id)`

/** The targets still to work among those chosen, each with its part and the key of those that are alike. */
const chosen = ({ campaignId, which, parts, scope }: Choice) => sql`(
  select c.*, concat_ws('|', coalesce(c.part, -1), coalesce(c.region_id, 0), coalesce(c.departement_id, 0),
    coalesce(c.epci_id, 0), coalesce(c.clpe_id, 0), coalesce(c.assigned_organisation::text, ''),
    coalesce(c.taken_by::text, '')) as key
  from (
    select t.siret, t.status, t.region_id, t.departement_id, t.epci_id, t.clpe_id, t.assigned_organisation, t.taken_by,
      t.taken_by_organisation, t.taken_at, e.commune_code, ${partOf(parts)} as part
    from campaign_targets t left join establishments e on e.siret = t.siret
    ${
      parts.by === 'referent'
        ? sql`left
      join sharing_referents(${campaignId}::uuid, array(select t.siret from campaign_targets t
      where ${whichOnes(campaignId, which)})) r on r.siret = t.siret`
        : sql``
    }
    where ${whichOnes(campaignId, which)} and t.status not in ('traite', 'ecarte') and ${withinScope(scope)}) c)`

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

/**
 * Holds the targets of a sharing out, in order of SIRET: two of them, or one and those who work, wait for each other in
 * one direction only.
 */
export const lockAssigned = async (db: Db, sharingId: string): Promise<void> => {
  await db.first(
    sql`select count(*) from (select from target_assignments a join campaign_targets t on t.campaign_id = a.campaign_id
      and t.siret = a.siret where a.sharing_id = ${sharingId}::uuid order by t.siret for update of t) x`,
  )
}

/** The lines of a sharing out beside where their targets stand now. */
const linesNow = (sharingId: string) => sql`
  target_assignments a join campaign_targets t on t.campaign_id = a.campaign_id and t.siret = a.siret
  left join (select x.siret, sum(x.contacts)::int as contacts from campaign_contacts x
    where x.campaign_id = (select s.campaign_id from target_sharings s where s.id = ${sharingId}::uuid)
    group by x.siret) x on x.siret = a.siret
  where a.sharing_id = ${sharingId}::uuid`
const given = (status: string, account: string) =>
  sql.raw(
    `case when ${status} = 'a-contacter' and ${account} is not null then 'prise-en-charge'
      when ${status} = 'prise-en-charge' and ${account} is null then 'a-contacter' else ${status} end`,
  )

export interface Some {
  readonly count: number
  readonly sirets: number[]
}
/**
 * Takes out of a plan what moved since it was simulated: taken, given back, entrusted to another, contacted or set
 * aside. The targets are locked.
 */
export const dropMoved = async (db: Db, sharingId: string): Promise<Some> =>
  (await db.first(sql<Some>`
    with holds as (
      select a.id from ${linesNow(sharingId)} and t.status = a.status
        and (t.assigned_organisation, t.taken_by, t.taken_at) is not distinct
          from (a.from_assigned, a.from_account, a.from_taken_at) and coalesce(x.contacts, 0) = a.contacts),
    gone as (delete from target_assignments a where a.sharing_id = ${sharingId}::uuid
      and a.id not in (select id from holds) returning a.siret)
    select count(*)::int as count, coalesce((array_agg(siret order by siret))[1:200], '{}') as sirets from gone`))!

/** Gives the targets of a plan, which are locked, to those it names. */
export const assignPlanned = (db: Db, sharingId: string, at: Date): Promise<number> =>
  db.run(sql`
    update campaign_targets t set assigned_organisation = a.to_organisation, taken_by = a.to_account,
      taken_by_organisation = case when a.to_account is not null then a.to_organisation end, taken_at = case
        when a.to_account is not null then ${at}::timestamptz end,
      status = ${given('t.status', 'a.to_account')}
    from target_assignments a where a.sharing_id = ${sharingId}::uuid and t.campaign_id = a.campaign_id
      and t.siret = a.siret`)

export interface Kept {
  readonly count: number
  readonly items: { readonly siret: number; readonly because: 'passed-on' | 'worked' | 'set-aside' }[]
}
/** Marks what the undoing leaves: what passed to another since, was contacted or set aside. The targets are locked. */
export const markKept = async (db: Db, sharingId: string, doneAt: Date): Promise<Kept> =>
  (await db.first(sql<Kept>`
    with now_so as (
      select a.id, case when t.status = 'ecarte' then 'set-aside'
        when (t.assigned_organisation, t.taken_by, t.taken_at) is distinct
          from (a.to_organisation, a.to_account, case when a.to_account is not null then ${doneAt}::timestamptz end)
          then 'passed-on'
        when t.status <> ${given('a.status', 'a.to_account')} or coalesce(x.contacts, 0) <> a.contacts
          then 'worked' end as because
      from ${linesNow(sharingId)}),
    kept as (update target_assignments a set kept = true from now_so s where s.id = a.id and s.because is not null
      returning a.siret, s.because)
    select count(*)::int as count, coalesce((select jsonb_agg(jsonb_build_object('siret', siret, 'because', because)
      order by siret) from (select * from kept order by siret limit 200) k), '[]') as items from kept`))!

/** Gives the others back to who had them. */
export const restoreAssigned = (db: Db, sharingId: string): Promise<number> =>
  db.run(sql`
    update campaign_targets t set assigned_organisation = a.from_assigned, taken_by = a.from_account,
      taken_by_organisation = a.from_organisation, taken_at = a.from_taken_at,
      status = ${given('t.status', 'a.from_account')}
    from target_assignments a where a.sharing_id = ${sharingId}::uuid and not a.kept and t.campaign_id = a.campaign_id
      and t.siret = a.siret`)

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
      taken_by_organisation = null, taken_at = null, status = ${given('t.status', 'null')} where ${theirs}`)
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
      b.organisation_id as by_organisation_id, s.how, s.reason, (s.undone_at is not null and not a.kept) as undone,
      ${organisation('coalesce(a.from_assigned, a.from_organisation)')} as from_organisation, a.from_account as from_id,
        (select p.given_name || ' ' || p.family_name from accounts p where p.id = a.from_account) as from_name,
      ${organisation('a.to_organisation')} as to_organisation, a.to_account as to_id,
        (select p.given_name || ' ' || p.family_name from accounts p where p.id = a.to_account) as to_name
    from target_assignments a left join target_sharings s on s.id = a.sharing_id
      join accounts b on b.id = coalesce(a.by_id, s.by_id)
    where a.campaign_id = ${campaignId}::uuid and a.siret = ${siret} and (a.sharing_id is null or s.done_at is not null)
    order by at desc, a.id desc limit 100`)
