import { sql } from 'kysely'
import type { Static } from 'typebox'
import type { AddressRelease } from '../../../contract/people-and-rights/releases.ts'
import type { Db } from '../../platform/database.ts'

type Wire = Static<typeof AddressRelease>
type Shown = 'id' | 'side' | 'email' | 'askedFor' | 'reason' | 'asker' | 'askedBy' | 'former' | 'person' | 'function'
/** What its reader may not know is null. */
export interface ReleaseRow extends Pick<Wire, Shown> {
  readonly accountId: string | null
  readonly formerId: string | null
  readonly askerId: string | null
  readonly askedById: string | null
  readonly toldAt: Date | null
  readonly contestedAt: Date | null
  readonly settledAt: Date | null
  readonly otherManagers: number
  readonly askedAt: Date
  readonly contestReason: string | null
  readonly outcome: NonNullable<Wire['settled']>['outcome'] | null
  readonly settleReason: string | null
}
const columns = sql`r.id, r.side, r.email, r.account_id, r.former_id, r.asker_id, r.asked_by_id, r.person, r.function,
  r.former, r.asker, r.asked_for, r.reason, r.asked_by, r.asked_at, r.told_at, r.contested_at, r.contest_reason,
  r.other_managers, r.settled_at, r.outcome, r.settle_reason`
const inState = (settled: boolean) => (settled ? sql`r.settled_at is not null` : sql`r.settled_at is null`)
/** As a cursor writes it: what the database counts finer would be read twice. */
const askedAt = sql`date_trunc('milliseconds', r.asked_at)`

/** Each with what the viewer may know of it, the longest waiting first. One more than asked. */
export const listReleases = (db: Db, settled: boolean, after: readonly string[] | undefined, limit: number) =>
  db.all(
    sql<ReleaseRow>`select ${columns} from ctx.releases_shown() r where ${inState(settled)}
      ${after ? sql`and (${askedAt}, r.id) > (${after[0]}::timestamptz, ${after[1]}::uuid)` : sql``}
      order by ${askedAt}, r.id limit ${limit + 1}`,
  )
export const countReleases = async (db: Db, settled: boolean): Promise<number> =>
  (await db.first(sql<{ n: number }>`select count(*)::int as n from ctx.releases_shown() r where ${inState(settled)}`))!
    .n
export const findRelease = (db: Db, id: string) =>
  db.first(sql<ReleaseRow>`select ${columns} from ctx.releases_shown() r where r.id = ${id}::uuid`)
export const countWaiting = async (db: Db): Promise<number> =>
  (await db.first(sql<{ n: number }>`select ctx.count_releases_waiting() as n`))!.n

export type Unasked = 'release/free' | 'release/own-structure' | 'release/asked'
/** What refuses it; null once it waits. */
export const askRelease = async (
  db: Db,
  asked: { id: string; email: string; givenName: string; familyName: string; reason: string },
): Promise<Unasked | null> =>
  (await db.first(
    sql<{ refused: Unasked | null }>`select ctx.ask_address_release(${asked.id}::uuid, ${asked.email},
      ${asked.givenName}, ${asked.familyName}, ${asked.reason}) as refused`,
  ))!.refused
/** False: answered or settled meanwhile. */
export const contestRelease = async (db: Db, id: string, reason: string): Promise<boolean> =>
  (await db.first(sql<{ done: boolean }>`select ctx.contest_address_release(${id}::uuid, ${reason}) as done`))!.done
/** False: settled meanwhile, or the address left that account. `actId`: of the exceptional act, when it is released. */
export const settleRelease = async (
  db: Db,
  id: string,
  outcome: 'released' | 'refused' | 'withdrawn',
  reason: string,
  actId: string,
): Promise<boolean> =>
  (await db.first(
    sql<{
      done: boolean
    }>`select ctx.settle_address_release(${id}::uuid, ${outcome}, ${reason}, ${actId}::uuid) as done`,
  ))!.done
