import { sql } from 'kysely'
import type { Static } from 'typebox'
import type { Agency, ThirdParty } from '../../../contract/people-and-rights/organisations.ts'
import { type Db, k } from '../../platform/database.ts'
import { refusedBy } from '../../platform/errors.ts'
import type { ThirdPartyKept } from './structure-rules.ts'

export interface ThirdPartyRow extends Omit<Static<typeof ThirdParty>, 'siret'> {
  readonly organisationId: string
  readonly siret: number | null
}
const thirdParties = sql`
  select t.id, t.organisation_id, t.kind, t.name, t.siret, t.capacity, t.starts_on, t.ends_on, t.evidence,
    t.evidence_on, t.version,
    (select count(*) from accounts a where a.third_party_id = t.id and a.status <> 'deleted') as people
      from third_parties t`

/** Those of one's own organisation. */
export const listThirdParties = (db: Db) =>
  db.all(
    sql<ThirdPartyRow>`${thirdParties} where t.organisation_id = (select ctx.organisation()) order by t.name collate "fr-x-icu", t.id`,
  )
export const findThirdParty = (db: Db, id: string) =>
  db.first(
    sql<ThirdPartyRow>`${thirdParties} where t.id = ${id}::uuid and t.organisation_id = (select ctx.organisation())`,
  )

const agencies = sql`
  select a.id, a.name, a.version, case when a.closed_at is not null then jsonb_build_object('on',
    ctx.paris_day(a.closed_at), 'reason', a.close_reason) end as closed,
    (select coalesce(jsonb_agg(jsonb_build_object('id', t.id, 'kind', t.kind, 'code', t.code, 'name',
    t.name) order by t.name collate "fr-x-icu"), '[]') from agency_territories x join territories t on t.id = x.territory_id
    where x.agency_id = a.id) as territories
  from agencies a where a.organisation_id = (select ctx.organisation())`
export const listAgencies = (db: Db) =>
  db.all(sql<Static<typeof Agency>>`${agencies} order by a.closed_at is not null, a.name collate "fr-x-icu", a.id`)
/** Those a right may be given on: open, and all that they serve lies in the structure's territories. */
export const openAgencies = (db: Db) =>
  db.all(
    sql<
      Static<typeof Agency>
    >`${agencies} and a.closed_at is null and ctx.perimeter_within(null, a.id, (select ctx.own_ceiling())) order by a.name collate "fr-x-icu", a.id`,
  )
export const findAgency = (db: Db, id: string) =>
  db.first(sql<Static<typeof Agency>>`${agencies} and a.id = ${id}::uuid`)
export const lockAgency = async (db: Db, id: string) => {
  const [, row] = await Promise.all([
    db.run(sql`select from agencies where id = ${id}::uuid for update`),
    findAgency(db, id),
  ])
  return row
}

export const lockThirdParty = async (db: Db, id: string) => {
  const [, row] = await Promise.all([
    db.run(sql`select from third_parties where id = ${id}::uuid for update`),
    findThirdParty(db, id),
  ])
  return row
}
export interface NewThirdParty extends ThirdPartyKept {
  readonly id: string
  readonly organisationId: string
  readonly kind: 'delegate' | 'contractor'
  readonly recordedBy: string
  readonly recordedAt: Date
}
/** False when one of that name is declared already. */
export const insertThirdParty = async (db: Db, third: NewThirdParty): Promise<boolean> =>
  (await db.run(
    k
      .insertInto('thirdParties')
      .values(third)
      .onConflict(c => c.doNothing()),
  )) === 1
export const nameTaken = async (db: Db, name: string, but: string): Promise<boolean> =>
  (await db.first(
    sql`select from third_parties where organisation_id = (select ctx.organisation()) and lower(name) = lower(${name})
      and id <> ${but}::uuid`,
  )) !== undefined
export const saveThirdParty = (db: Db, id: string, facts: ThirdPartyKept) =>
  db.run(
    k
      .updateTable('thirdParties')
      .set({ ...facts, version: sql`version + 1` })
      .where('id', '=', id),
  )

type NotClosed = 'agency/closed' | 'agency/in-use'
/** Why not; null: it is done. */
export const closeAgency = async (db: Db, id: string, reason: string): Promise<NotClosed | null> =>
  (await db.first(sql<{ refused: NotClosed | null }>`select ctx.close_agency(${id}::uuid, ${reason}) as refused`))!
    .refused
export const reopenAgency = async (db: Db, id: string): Promise<'agency/open' | null> =>
  (await db.first(sql<{ refused: 'agency/open' | null }>`select ctx.reopen_agency(${id}::uuid) as refused`))!.refused

export interface NewAgency {
  readonly id: string
  readonly organisationId: string
  readonly name: string
  readonly territories: readonly number[]
}
export const insertAgency = async (db: Db, { territories, ...agency }: NewAgency): Promise<void> => {
  await db.run(k.insertInto('agencies').values(agency))
  await db.run(
    sql`insert into agency_territories (agency_id, territory_id)
      select ${agency.id}::uuid, unnest(${[...territories]}::int[])`,
  )
}
export const saveAgency = async (db: Db, id: string, name: string, territories: readonly number[]): Promise<void> => {
  await db.run(k.updateTable('agencies').set({ name, version: sql`version + 1` }).where('id', '=', id))
  await db.run(
    sql`delete from agency_territories where agency_id = ${id}::uuid
      and territory_id <> all (${[...territories]}::int[])`,
  )
  await db
    .run(sql`insert into agency_territories (agency_id, territory_id) select ${id}::uuid, t.id
    from unnest(${[...territories]}::int[]) t (id)
    where not exists (select from agency_territories y where y.agency_id = ${id}::uuid and y.territory_id = t.id)`)
    .catch(refusedBy('agency_holders_narrow', 'agency/holders-too-wide'))
}
