import { sql } from 'kysely'
import type { Static } from 'typebox'
import type { SecondAccount } from '../../../contract/people-and-rights/second-accounts.ts'
import type { Db } from '../../platform/database.ts'

type Wire = Static<typeof SecondAccount>
/** What its reader may not know is null. */
export interface ShareRow extends Pick<Wire, 'id' | 'side' | 'email' | 'person' | 'askedFor' | 'reason' | 'asker'> {
  readonly former: Wire['former']
  readonly askedAt: Date
  readonly settledAt: Date | null
  readonly outcome: NonNullable<Wire['settled']>['outcome'] | null
  readonly openUntil: Date | null
  readonly opened: boolean
  readonly endedAt: Date | null
}
const columns = sql`s.id, s.side, s.email, s.person, s.asked_for, s.reason, s.asker, s.former, s.asked_at, s.settled_at,
  s.outcome, s.open_until, s.opened, s.ended_at`
/** As a cursor writes it: what the database counts finer would be read twice. */
const askedAt = sql`date_trunc('milliseconds', s.asked_at)`

/** Each with what the viewer may know of it, the last asked first. One more than asked. */
export const listShares = (db: Db, after: readonly string[] | undefined, limit: number) =>
  db.all(
    sql<ShareRow>`select ${columns} from ctx.shares_shown() s
      where ${after ? sql`(${askedAt}, s.id) < (${after[0]}::timestamptz, ${after[1]}::uuid)` : sql`true`}
      order by ${askedAt} desc, s.id desc limit ${limit + 1}`,
  )
export const findShare = (db: Db, id: string) =>
  db.first(sql<ShareRow>`select ${columns} from ctx.shares_shown() s where s.id = ${id}::uuid`)

export type Unasked = 'release/free' | 'release/own-structure' | 'second-account/asked' | 'second-account/shared'
/** What refuses it; null once it waits. */
export const askShare = async (
  db: Db,
  asked: { id: string; email: string; givenName: string; familyName: string; reason: string },
): Promise<Unasked | null> =>
  (await db.first(
    sql<{ refused: Unasked | null }>`select ctx.ask_shared_address(${asked.id}::uuid, ${asked.email},
      ${asked.givenName}, ${asked.familyName}, ${asked.reason}) as refused`,
  ))!.refused
/** False: settled meanwhile, or the address has its second structure. */
export const settleShare = async (
  db: Db,
  id: string,
  outcome: 'accepted' | 'refused' | 'withdrawn',
): Promise<boolean> =>
  (await db.first(sql<{ done: boolean }>`select ctx.settle_shared_address(${id}::uuid, ${outcome}) as done`))!.done
