import { sql } from 'kysely'
import type { Db } from '../../platform/database.ts'
import type { Vouched } from './proconnect.ts'

/* Before there is a session, as the role of signing in: definer functions only, for no row is open yet. */

/** What ProConnect said that a session keeps: neither name nor address. */
export type Proven = Omit<Vouched, 'email' | 'givenName' | 'usualName'>

export interface NewChoice {
  readonly tokenHash: Buffer
  readonly accounts: readonly string[]
  /** Null: by a password. */
  readonly vouched: Proven | null
  readonly invitation: Buffer | null
  readonly returnTo: string
}
export const beginChoice = (db: Db, c: NewChoice) =>
  db.run(
    sql`select ctx.choice_begin(${c.tokenHash}, ${[...c.accounts]}::uuid[], ${c.vouched ? 'proconnect' : 'password'},
      ${c.vouched && JSON.stringify(c.vouched)}::jsonb, ${c.invitation}, ${c.returnTo})`,
  )
/** Between which it waits, by name; none when it is over, or chosen. */
export const structuresOf = (db: Db, tokenHash: Buffer) =>
  db.all(sql<{ id: string; name: string }>`select id, name from ctx.choice_structures(${tokenHash})`)

export interface TakenChoice {
  readonly accountId: string
  /** The subject opens that account already. */
  readonly linked: boolean
  readonly vouched: Proven | null
  readonly invitation: string | null
  readonly returnTo: string
}
/** Once: null for whoever comes second, too late, or with a structure that it does not offer. */
export const takeChoice = async (db: Db, tokenHash: Buffer, organisationId: string): Promise<TakenChoice | null> =>
  (await db.first(
    sql<{ taken: TakenChoice | null }>`select ctx.choice_take(${tokenHash}, ${organisationId}::uuid) as taken`,
  ))!.taken
