import { sql } from 'kysely'
import type { Static } from 'typebox'
import type { Confirmation, confirmationReasons } from '../../../contract/people-and-rights/confirmations.ts'
import type { Db } from '../../platform/database.ts'
import { refusedBy } from '../../platform/errors.ts'

type Reply = Static<typeof Confirmation>
export interface ConfirmationRow extends Omit<Reply, 'askedAt' | 'allowed'> {
  readonly organisationId: string
  readonly accountId: string
  readonly askedById: string
  readonly askedAt: Date
  readonly settled: boolean
}
const person = (column: string) =>
  sql`(select jsonb_build_object('id', a.id, 'name', a.given_name || ' ' || a.family_name, 'organisationId',
    a.organisation_id) from accounts a where a.id = ${sql.ref(column)})`
const confirmations = sql`
  select c.id, c.organisation_id, c.account_id, c.asked_by as asked_by_id, c.asked_at, c.why, c.waits,
    c.settled_at is not null as settled, ${person('c.account_id')} as person, ${person('c.asked_by')} as asked_by,
    (select a.function from accounts a where a.id = c.account_id) as function, (select k.email from account_contacts k
      where k.account_id = c.account_id) as email,
    (select jsonb_build_object('tool', g.tool, 'profile', g.profile, 'reason', g.reason, 'endsOn', g.ends_on,
      'territory', (select jsonb_build_object('id', t.id, 'kind', t.kind, 'code', t.code, 'name', t.name)
        from territories t where t.id = g.territory_id),
      'agency', (select jsonb_build_object('id', y.id, 'name', y.name) from agencies y where y.id = g.agency_id))
        from grants g where g.id = c.grant_id) as grant
  from confirmations c`
/** Still of use: neither settled, nor of an account or a grant that is over. */
const waiting = sql`c.organisation_id = (select ctx.organisation()) and c.settled_at is null
  and (c.waits or c.asked_at > ctx.clock() - interval '3 months')
  and exists (select from accounts a where a.id = c.account_id and a.status <> 'deleted')
  and (c.grant_id is null or exists (select from grants g where g.id = c.grant_id and g.revoked_at is null
    and (g.ends_on is null or g.ends_on >= ctx.paris_day(ctx.clock()))))`
/** As a cursor writes it: what the database counts finer would be read twice. */
const askedAt = sql`date_trunc('milliseconds', c.asked_at)`
/** Of one's own structure, the longest waiting first; one row more than asked. */
export const listWaiting = (db: Db, after: readonly string[] | undefined, limit: number) =>
  db.all(
    sql<ConfirmationRow>`${confirmations}
      where ${waiting} ${after ? sql`and (${askedAt}, c.id) > (${after[0]}::timestamptz, ${after[1]}::uuid)` : sql``}
      order by ${askedAt}, c.id limit ${limit + 1}`,
  )
export const countWaiting = async (db: Db): Promise<number> =>
  (await db.first(sql<{ n: number }>`select count(*)::int as n from confirmations c where ${waiting}`))!.n
export const findConfirmations = (db: Db, ids: readonly string[]) =>
  db.all(sql<ConfirmationRow>`${confirmations} where c.id = any (${[...ids].sort()}::uuid[]) order by c.id`)
/** False: settled meanwhile, or over. */
export const settle = async (db: Db, id: string, outcome: 'confirmed' | 'refused', reason: string): Promise<boolean> =>
  (await db
    .first(sql<{ settled: boolean }>`select ctx.settle_confirmation(${id}::uuid, ${outcome}, ${reason}) as settled`)
    .catch(refusedBy('last_officer', 'security/last-officer')))!.settled

/** How many the viewer may settle: what the first page counts. */
export const countConfirmable = async (db: Db): Promise<number> =>
  (await db.first(sql<{ n: number }>`select count(*)::int as n from ctx.confirmable()`))!.n
export interface Asked {
  readonly why: (typeof confirmationReasons)[number]
  readonly waits: boolean
  /** By this very transaction. */
  readonly now: boolean
}
/** What the database asks of a second person for this grant, and for its account when one alone opened it and gave it. */
export const askedFor = (db: Db, grantId: string, accountId: string) =>
  db.all(
    sql<Asked>`select why, waits, asked_at = ctx.clock() as now from confirmations where settled_at is null
      and (grant_id = ${grantId}::uuid or account_id = ${accountId}::uuid and why = 'opened-and-granted') order by why`,
  )
/** Of these accounts, those that wait. */
export const accountsWaiting = async (db: Db, ids: readonly string[]): Promise<string[]> =>
  (
    await db.all(
      sql<{
        id: string
      }>`select account_id as id from confirmations where account_id = any (${[...ids]}::uuid[]) and grant_id is null
        and waits and settled_at is null`,
    )
  ).map(c => c.id)
