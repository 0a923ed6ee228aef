import { sql } from 'kysely'
import type { Static } from 'typebox'
import type { HeldGrant } from '../../../contract/people-and-rights/accounts.ts'
import type { Person, watched } from '../../../contract/people-and-rights/people.ts'
import type { Role, Tool } from '../../../contract/route.ts'
import type { Db } from '../../platform/database.ts'
import { refusedBy } from '../../platform/errors.ts'
import type { Managed } from '../accounts/person-rules.ts'
import { grantCut, named, perimeter } from '../accounts/references.queries.ts'

type Grant = Static<typeof HeldGrant>
export type Watched = (typeof watched)[number]
export interface PersonRow extends Managed {
  /** Holds the role, and a deed names them still: replaced before the account ends or leaves the permanent staff. */
  readonly isStillManager: boolean
  readonly givenName: string
  readonly familyName: string
  readonly function: string
  readonly status: 'active' | 'suspended' | 'blocked' | 'deleted'
  readonly statusReason: string | null
  readonly attachment: 'agent' | 'delegate' | 'contractor'
  readonly thirdParty: { readonly id: string; readonly name: string } | null
  readonly contractEndsOn: string | null
  readonly createdAt: Date
  readonly version: number
  readonly roles: readonly Role[]
  readonly lastActAt: Date | null
  readonly inactiveDay: string | null
  readonly grants: readonly Grant[]
}
const grantInWords = sql`'id', g.id, 'tool', g.tool, 'profile', g.profile, ${perimeter('g')}, 'reason', g.reason,
  'purpose', g.purpose, 'duties', g.duties, 'startsOn', g.starts_on, 'endsOn', g.ends_on,
  'grantedAt', g.granted_at, 'grantedBy', ${named('g.granted_by')}, 'beyondFunction', g.beyond_function`
const held = sql`(select coalesce(jsonb_agg(jsonb_build_object(${grantInWords}, 'missing', h.missing)
  order by g.tool, g.starts_on, g.id), '[]') from ctx.grants_of(array[p.id], ctx.clock()) h
  join grants g on g.id = h.grant_id)`

/** One's own organisation's, under a table `p`. */
const people = sql`
  select a.id, a.organisation_id, a.given_name, a.family_name, a.function, a.status, a.status_reason, a.attachment,
    a.contract_ends_on, a.created_at, a.version, c.last_act_at,
    (select jsonb_build_object('id', t.id, 'name', t.name) from third_parties t
      where t.id = a.third_party_id) as third_party
  from accounts a
  left join account_activity c on c.account_id = a.id
  where a.organisation_id = (select ctx.organisation())`
const rolesNow = sql`array(select distinct r.role from role_assignments r where r.account_id = p.id
  and r.starts_at <= ctx.clock() and (r.ends_at is null or r.ends_at > ctx.clock()) order by r.role)`
const inactiveDay = sql`case when p.status = 'active'
  then (select i.day from ctx.inactive_days(array[p.id]) i) end as inactive_day`
const standing = sql`p.id in (select ctx.managers()) as is_manager,
  p.id in (select ctx.still_managers()) as is_still_manager, (select count(*)
  from ctx.managers_in_effect() m (id) where m.id <> p.id) as other_managers`

export interface PeopleFilter {
  readonly q?: string | undefined
  readonly tool?: Tool | undefined
  readonly attachment?: PersonRow['attachment'] | undefined
  /** These only. */
  readonly among?: readonly string[] | undefined
  readonly state?: 'in-effect' | 'withheld' | 'none' | undefined
  readonly status?: 'active' | 'suspended' | 'deleted' | undefined
  readonly managersOnly?: boolean
}
const stateTerms = {
  'in-effect': sql`exists (select from ctx.grants_of(array[p.id], ctx.clock()) h where h.missing = '{}')`,
  withheld: sql`exists (select from ctx.grants_of(array[p.id], ctx.clock()) h where h.missing <> '{}')`,
  none: sql`not exists (select from ctx.grants_of(array[p.id], ctx.clock()) h)`,
}
const where = ({ q, tool, attachment, among, state, status, managersOnly }: PeopleFilter) => sql`
  ${status ? sql`p.status = ${status}` : sql`p.status <> 'deleted'`} ${
    managersOnly
      ? sql`and p.id in (select
    ctx.managers())`
      : sql``
  }
  ${
    q
      ? sql`and position(search_words(${q}) in search_words(p.given_name || ' ' || p.family_name || ' ' || p.given_name
    || ' ' || p.function)) > 0`
      : sql``
  }
  ${
    tool
      ? sql`and exists (select from grants g where g.account_id = p.id and g.tool = ${tool} and g.revoked_at is null
    and (g.ends_on is null or g.ends_on >= ctx.paris_day(ctx.clock())))`
      : sql``
  }
  ${attachment ? sql`and p.attachment = ${attachment}` : sql``} ${
    among
      ? sql`and p.id in (select
    unnest(${[...among]}::uuid[]))`
      : sql``
  } ${state ? sql`and ${stateTerms[state]}` : sql``}`

export const peopleSorts = {
  name: sql`search_words(p.family_name || ' ' || p.given_name)`,
  function: sql`search_words(p.function)`,
  'last-act': sql`coalesce(to_char(p.last_act_at at time zone 'UTC', 'YYYY-MM-DD HH24:MI:SS'), '')`,
}
export type PeopleSort = keyof typeof peopleSorts
/** One row more than asked. `after`: the sort key and the id of the last one shown. */
export const listPeople = (
  db: Db,
  filter: PeopleFilter,
  sort: PeopleSort,
  after: readonly string[] | undefined,
  limit: number,
) =>
  db.all(sql<PersonRow & { sortKey: string }>`
    with p as materialized (${people})
    select p.*, ${held} as grants, ${rolesNow} as roles, ${inactiveDay}, ${standing}, ${peopleSorts[sort]} as sort_key
      from p where ${where(filter)}
      ${after ? sql`and (${peopleSorts[sort]}, p.id) > (${after[0]}, ${after[1]}::uuid)` : sql``}
        order by ${peopleSorts[sort]}, p.id limit ${limit + 1}`)
export const countPeople = async (db: Db, filter: PeopleFilter): Promise<number> =>
  (await db.first(
    sql<{ n: number }>`with p as materialized (${people}) select count(*) as n from p where ${where(filter)}`,
  ))!.n

export const findPerson = (db: Db, id: string): Promise<PersonRow | undefined> =>
  db.first(
    sql<PersonRow>`with p as (${people} and a.id = ${id}::uuid)
      select p.*, ${held} as grants, ${rolesNow} as roles, ${inactiveDay}, ${standing} from p`,
  )
/**
 * Waits for any decision under way on this person, then reads the outcome.
 * A viewer who may not decide still finds the person, and is refused with a reason.
 */
export const lockPerson = async (db: Db, id: string): Promise<PersonRow | undefined> => {
  const [, person] = await Promise.all([
    db.run(sql`select from accounts where id = ${id}::uuid for update`),
    findPerson(db, id),
  ])
  return person
}
/** What only the page of one person shows: the address, grants to come or over, and blocks. */
export interface PersonBeside
  extends Pick<Static<typeof Person>, 'email' | 'blocks' | 'waits' | 'exceptional' | 'leaving' | 'held' | 'left'> {
  /** The operator opened passwords to the structure. */
  readonly passwordAllowed: boolean
  readonly past: readonly (Omit<Static<typeof Person>['past'][number], 'allowed'> & { readonly followed: boolean })[]
}
export const besidePerson = async (db: Db, id: string): Promise<PersonBeside> =>
  (await db.first(sql<PersonBeside>`
    select exists (select from confirmations c where c.account_id = a.id and c.grant_id is null
      and c.waits and c.settled_at is null) as waits, (select c.email from account_contacts c where c.account_id = a.id) as email,
      (select coalesce(jsonb_agg(jsonb_build_object(${grantInWords}, 'missing', '[]'::jsonb, 'endedAt', g.revoked_at,
        'endedBy', ${named('g.revoked_by')}, 'endReason', g.revoke_reason, 'suspended', g.suspended,
        'followed', exists (select from grants f where f.account_id = g.account_id and f.replaces = g.id))
        order by coalesce(g.revoked_at, g.granted_at) desc, g.id), '[]')
        from (select * from grants g where g.account_id = a.id
          and (g.revoked_at is not null or g.starts_on > ctx.paris_day(ctx.clock())
          or g.ends_on < ctx.paris_day(ctx.clock())) order by coalesce(g.revoked_at, g.granted_at) desc
          limit 100) g) as past,
      (select coalesce(jsonb_agg(jsonb_build_object('id', b.id, 'cause', b.cause, 'cuts', b.cuts, 'grant',
        (select ${grantCut} from grants g where g.id = b.grant_id), 'reason', b.reason, 'incident', b.incident,
        'blockedAt', b.blocked_at, 'by', ${named('b.blocked_by')},
        'liftedAt', b.lifted_at, 'liftedBy', ${named('b.lifted_by')}, 'verdict', b.verdict)
          order by b.blocked_at desc, b.id), '[]')
        from (select * from account_blocks b where b.account_id = a.id order by b.blocked_at desc limit 20) b) as blocks,
      (select coalesce(jsonb_agg(jsonb_build_object('id', x.id, 'act', x.act, 'ground', x.ground, 'reason', x.reason,
        'incident', x.incident, 'doneAt', x.done_at, 'by', ${named('x.done_by')})
          order by x.done_at desc, x.id), '[]')
        from (select * from exceptional_acts x where x.account_id = a.id order by x.done_at desc limit 50) x)
          as exceptional,
      (select jsonb_build_object('lastDay', d.last_day, 'cause', d.cause, 'by', ${named('d.entered_by')})
        from departures_to_come d where d.account_id = a.id and d.cancelled_at is null and d.ended_at is null) as leaving,
      (select jsonb_build_object('lastDay', h.last_day, 'roles', h.roles) from ctx.departures_shown() h
        where h.account_id = a.id) as held,
      coalesce((select s.password_allowed from organisation_sign_in s where s.organisation_id = a.organisation_id
        order by s.set_at desc, s.id desc limit 1), false) as password_allowed,
      (select jsonb_build_object('at', d.left_at,
        'undoableUntil', d.left_at + interval '30 days') from departed_people d
        where d.account_id = a.id and d.left_at > ctx.clock() - interval '30 days') as left
    from accounts a where a.id = ${id}::uuid`))!

export const endSessionsOf = (db: Db, id: string) => db.run(sql`select ctx.end_sessions_of(${id}::uuid)`)
export const lift = async (db: Db, id: string, reason: string): Promise<boolean> =>
  (await db.first(sql<{ lifted: boolean }>`select ctx.lift_inactivity(${id}::uuid, ${reason}) as lifted`))!.lifted
export type Undone =
  | { readonly refused: 'person/not-departed' | 'person/undo-too-late' | 'person/departure-declared' }
  | { readonly refused?: undefined; readonly grants: number; readonly days: number }
/** `erased`: details of the trail that named the person. */
export interface Gone {
  readonly pseudonym: string
  readonly sessions: number
  readonly grants: number
  readonly erased: number
}
export const depart = async (db: Db, id: string, cause: string, reason: string): Promise<Gone> =>
  (await db
    .first(sql<{ gone: Gone }>`select ctx.record_departure(${id}::uuid, ${cause}, ${reason}) as gone`)
    .catch(refusedBy('last_officer', 'security/last-officer')))!.gone

/** Why not, else how many grants wait to be given back. */
export const undo = async (db: Db, id: string): Promise<Undone> =>
  (await db
    .first(sql<{ undone: Undone }>`select ctx.undo_departure(${id}::uuid) as undone`)
    .catch(refusedBy('departed_address_taken', 'person/address-taken')))!.undone

/** False: one is entered already, or its day is past. */
export const enterDeparture = async (
  db: Db,
  d: { id: string; accountId: string; lastDay: string; cause: string; reason: string },
): Promise<boolean> =>
  (await db.first(
    sql<{ done: boolean }>`select ctx.enter_departure(${d.id}::uuid, ${d.accountId}::uuid, ${d.lastDay}::date,
      ${d.cause}, ${d.reason}) as done`,
  ))!.done
export const cancelDeparture = async (db: Db, id: string, reason: string): Promise<boolean> =>
  (await db.first(sql<{ done: boolean }>`select ctx.cancel_departure(${id}::uuid, ${reason}) as done`))!.done

/** Those designated to manage the accounts of the structure. */
export const managersOf = async (db: Db): Promise<Set<string>> =>
  new Set((await db.all(sql<{ id: string }>`select m.id from ctx.managers() m (id)`)).map(m => m.id))
/** Account managers of the structure who can act today. */
export const managersInEffect = async (db: Db): Promise<number> =>
  (await db.first(sql<{ n: number }>`select count(*)::int as n from ctx.managers_in_effect()`))!.n
/** What the first page counts: each number is that of the list behind it. */
export const countEveryone = async (db: Db) =>
  (await db.first(sql<{ people: number; suspended: number }>`
  select count(*) filter (where p.status <> 'deleted')::int as people,
    count(*) filter (where p.status = 'suspended')::int as suspended from accounts p
    where p.organisation_id = (select ctx.organisation())`))!

/**
 * Warnings on one's own active people (on these only, when given), before any anomaly.
 * They are suspended for inactivity within fourteen days, or have no grant nor role, held or to come.
 */
export const notYetFound = (db: Db, accountIds: readonly string[] | null) =>
  db.all(sql<{ id: string; soonInactive: boolean; withoutRights: boolean }>`
  with a as materialized (select id from accounts where organisation_id = (select ctx.organisation())
    and status = 'active' ${accountIds ? sql`and id = any (${[...accountIds]}::uuid[])` : sql``}),
    i as materialized (select * from ctx.inactive_days(array(select id from a)))
  select * from (select a.id, a.id in (select i.account_id from i where i.day > ctx.paris_day(ctx.clock())
    and i.day <= ctx.paris_day(ctx.clock()) + 14) as soon_inactive,
      not exists (select from grants g where g.account_id = a.id and g.revoked_at is null
        and (g.ends_on is null or g.ends_on >= ctx.paris_day(ctx.clock())))
        and not exists (select from role_assignments r where r.account_id = a.id
          and (r.ends_at is null or r.ends_at > ctx.clock())) as without_rights from a) f where f.soon_inactive
          or f.without_rights`)

/** Those of the structure who came by ProConnect and whom the viewer may answer (IDN-6). */
export const linksWaiting = (db: Db, accountIds: readonly string[] | null) =>
  db.all(sql<{ id: string }>`select id from ctx.people_whose_links_wait() id
    where ${accountIds ? sql`id = any (${[...accountIds]}::uuid[])` : sql`true`}`)
