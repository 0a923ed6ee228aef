import { sql } from 'kysely'
import type { holdable } from '../../../contract/oversight/retention.ts'
import { type Db, k } from '../../platform/database.ts'
import type { Scope } from './legal-holds-rules.ts'

interface Structure {
  readonly id: string
  readonly name: string
  readonly kind: string
}
interface Account {
  readonly id: string
  readonly name: string
  readonly organisationId: string
}
export interface HoldRow {
  readonly id: string
  readonly ending: (typeof holdable)[number] | null
  readonly account: Account | null
  readonly organisation: Structure | null
  readonly placedBy: Structure
  readonly placedAt: Date
  readonly until: string | null
  readonly reason: string
  readonly liftedAt: Date | null
  readonly liftReason: string | null
}
const structure = (alias: string) => {
  const of = sql.ref(alias)
  return sql`jsonb_build_object('id', ${of}.id, 'name', ${of}.name, 'kind', ${of}.kind)`
}
const holds = sql`select h.id, h.ending, ctx.person_ref(h.account_id) as account,
    case when o.id is not null then ${structure('o')} end as organisation, ${structure('p')} as placed_by,
    h.placed_at, h.until, h.reason, h.lifted_at, h.lift_reason
  from legal_holds h left join organisations o on o.id = h.organisation_id
    join organisations p on p.id = h.placed_organisation`
/** Says what inForce of legal-holds-rules.ts says. */
const standing = (today: string) => sql`(h.lifted_at is null and (h.until is null or h.until >= ${today}::date))`

/** The last placed first. One more than asked. */
export const holdsInState = (
  db: Db,
  state: 'in-force' | 'ended',
  today: string,
  after: readonly string[] | undefined,
  limit: number,
) =>
  db.all(
    sql<HoldRow>`${holds} where ${standing(today)} = ${state === 'in-force'}
      ${after ? sql`and h.id < ${after[0]}::uuid` : sql``} order by h.id desc limit ${limit + 1}`,
  )
export const countHolds = async (db: Db, state: 'in-force' | 'ended', today: string): Promise<number> =>
  (await db.first(
    sql<{ n: number }>`select count(*)::int as n from legal_holds h
      where ${standing(today)} = ${state === 'in-force'}`,
  ))!.n
/** Two at once on one hold follow each other. */
export const lockHold = async (db: Db, id: string): Promise<HoldRow | undefined> => {
  await db.run(sql`select pg_advisory_xact_lock(hashtextextended('legal hold ' || ${id}, 0))`)
  return findHold(db, id)
}
export const findHold = (db: Db, id: string) => db.first(sql<HoldRow>`${holds} where h.id = ${id}::uuid`)

export const accountToHold = async (db: Db, email: string): Promise<Account | undefined> => {
  const row = await db.first(
    sql<{ account: Account | null }>`select ctx.person_ref(account_to_hold(${email})) as account`,
  )
  return row?.account ?? undefined
}
/** Two of one scope at once follow each other; the second finds the first. */
export const lockScope = async (db: Db, { ending, accountId, organisationId }: Scope, today: string) => {
  const scope = [ending, accountId, organisationId].join(' ')
  await db.run(sql`select pg_advisory_xact_lock(hashtextextended('legal hold of ' || ${scope}, 0))`)
  const found = await db.first(
    sql<{ id: string }>`select h.id from legal_holds h where ${standing(today)}
      and h.ending is not distinct from ${ending} and h.account_id is not distinct from ${accountId}::uuid
      and h.organisation_id is not distinct from ${organisationId}::uuid limit 1`,
  )
  return found !== undefined
}
export const insertHold = (
  db: Db,
  row: Scope & {
    readonly id: string
    readonly until: string | null
    readonly reason: string
    readonly placedOrganisation: string
    readonly placedBy: string
    readonly placedAt: Date
  },
) => db.run(k.insertInto('legalHolds').values(row))
export const updateLifted = (
  db: Db,
  id: string,
  lifted: { readonly liftReason: string; readonly liftedBy: string; readonly liftedAt: Date },
) => db.run(k.updateTable('legalHolds').set(lifted).where('id', '=', id))
