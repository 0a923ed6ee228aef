import { sql } from 'kysely'
import type { Static } from 'typebox'
import type { AddressChange } from '../../../contract/people-and-rights/addresses.ts'
import type { Db } from '../../platform/database.ts'
import { refusedBy } from '../../platform/errors.ts'

export interface ChangeRow extends Omit<Static<typeof AddressChange>, 'askedAt' | 'until' | 'allowed'> {
  readonly organisationId: string
  readonly accountId: string
  readonly askedById: string
  readonly askedAt: Date
  readonly until: Date
}
const person = (column: string) =>
  sql`(select jsonb_build_object('id', a.id, 'name', a.given_name || ' ' || a.family_name, 'organisationId',
    a.organisation_id) from accounts a where a.id = ${sql.ref(column)})`
const changes = sql`
  select c.id, c.organisation_id, c.account_id, c.asked_by as asked_by_id, c.email, c.former, c.new_domain, c.reason,
    c.asked_at, c.asked_at + interval '14 days' as until, ${person('c.account_id')} as person,
    ${person('c.asked_by')} as asked_by, (select a.function from accounts a where a.id = c.account_id) as function
  from address_changes c`
const waiting = sql`c.settled_at is null and c.asked_at > ctx.clock() - interval '14 days'`

/** As a cursor writes it: what the database counts finer would be read twice. */
const askedAt = sql`date_trunc('milliseconds', c.asked_at)`
/** Row-level security chooses: one's own, and those of the structure for who decides there. One more than asked. */
export const waitingChanges = (db: Db, after: readonly string[] | undefined, limit: number) =>
  db.all(
    sql<ChangeRow>`${changes} where ${waiting}
      ${after ? sql`and (${askedAt}, c.id) > (${after[0]}::timestamptz, ${after[1]}::uuid)` : sql``}
      order by ${askedAt}, c.id limit ${limit + 1}`,
  )
export const countChanges = async (db: Db): Promise<number> =>
  (await db.first(sql<{ n: number }>`select count(*)::int as n from address_changes c where ${waiting}`))!.n
export const findChange = (db: Db, id: string) => db.first(sql<ChangeRow>`${changes} where c.id = ${id}::uuid`)

export interface Asked {
  readonly id: string
  readonly accountId: string
  readonly email: string
  readonly reason: string
}
type Unasked =
  | 'person/gone'
  | 'person/address-taken'
  | 'person/mailbox-taken'
  | 'person/own-mailbox'
  | 'address/same'
  | 'address/asked'
/** What refuses it; null once it waits. */
export const askChange = async (db: Db, asked: Asked): Promise<Unasked | null> =>
  (await db.first(
    sql<{ refused: Unasked | null }>`select ctx.ask_address_change(${asked.id}::uuid, ${asked.accountId}::uuid,
      ${asked.email}, ${asked.reason}) as refused`,
  ))!.refused

export interface Settled {
  readonly sessions: number
  /** Links to choose a password, invitations and links that waited, which open nothing any more. */
  readonly voided: number
}
/** Null: settled meanwhile, or over. Another account may have taken the address since it was asked. */
export const settleChange = async (
  db: Db,
  id: string,
  outcome: 'confirmed' | 'refused',
  reason: string,
  keptSession: string,
): Promise<Settled | null> =>
  (await db
    .first(
      sql<{ settled: Settled | null }>`select ctx.settle_address_change(${id}::uuid, ${outcome}, ${reason},
        ${keptSession}::uuid) as settled`,
    )
    .catch(refusedBy('account_contacts_email', 'person/address-taken'))
    .catch(refusedBy('account_contacts_mailbox', 'person/mailbox-taken')))!.settled

/** How many the viewer may confirm: what the first page counts. */
export const countConfirmableChanges = async (db: Db): Promise<number> =>
  (await db.first(sql<{ n: number }>`select count(*)::int as n from ctx.confirmable_addresses()`))!.n
