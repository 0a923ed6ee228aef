import { sql } from 'kysely'
import type { Db } from '../../platform/database.ts'
import type { ViewedList } from '../saved-views/view-rules.ts'
import type { HiresOfView } from './hires-rules.ts'
import type { Viewed } from './view-lines.queries.ts'
import type { StopReason } from './watched-views.mails.ts'

/* What the worker asks: under the rights of one person once they are entered, of nobody before. */

export const watchersDue = async (db: Db, now: Date, size: number): Promise<string[]> =>
  (await db.all(sql<{ id: string }>`select id from ctx.watchers_due(${now}::timestamptz, ${size}::int) as w (id)`)).map(
    ({ id }) => id,
  )

const theRun = sql`pg_catalog.hashtextextended('tell-view-news', 0)`
/** False while another run is on. The lock is the connection's. */
export const beginRun = async (db: Db): Promise<boolean> =>
  (await db.first(sql<{ begun: boolean }>`select pg_catalog.pg_try_advisory_lock(${theRun}) as begun`))!.begun
export const endRun = (db: Db) => db.run(sql`select pg_catalog.pg_advisory_unlock(${theRun})`)

/** Keeps this person to this transaction; false when another process is at them. */
export const holdWatcher = async (db: Db, accountId: string): Promise<boolean> =>
  (await db.first(sql<{ held: boolean }>`select ctx.hold_watcher(${accountId}::uuid) as held`))!.held

export interface DueWatch {
  readonly id: string
  readonly viewId: string | null
  readonly name: string
  readonly viewVersion: number
  readonly seen: readonly number[]
}
export const watchesDue = (db: Db, accountId: string, now: Date): Promise<DueWatch[]> =>
  db.all(sql<DueWatch>`select id, view_id, name, view_version, seen
    from ctx.watches_due(${accountId}::uuid, ${now}::timestamptz)`)

/** The lists that the person may open now; null when nothing opens. */
export const enterWatch = async (db: Db, id: string): Promise<readonly ViewedList[] | null> =>
  (await db.first(sql<{ lists: ViewedList[] | null }>`select ctx.enter_watch(${id}::uuid) as lists`))!.lists

export interface OpenedView extends Viewed {
  readonly name: string
  readonly version: number
}
/** Undefined when who is entered reads it no more, or its campaign. */
export const openedView = (db: Db, id: string): Promise<OpenedView | undefined> =>
  db.first(sql<OpenedView>`select v.list, v.name, v.address, v.version, v.campaign_id from saved_views v
    where v.id = ${id}::uuid and (v.campaign_id is null or v.campaign_id in (select c.id from campaigns c))`)

/** Whoever is entered looked for employers by their hires: in the trail, as on the web. */
export const tellHiresAsked = (db: Db, id: string, asked: HiresOfView, now: Date) =>
  db.run(sql`select ctx.tell_watched_hires(${id}::uuid, ${asked.siret ?? null}::text, ${asked.hires ?? null}::text,
    ${asked.hiresAtLeast ?? null}::int, ${asked.expectedHires ?? null}::int, ${asked.territory ?? null}::int,
    ${now}::timestamptz)`)

export interface Kept {
  readonly id: string
  readonly name: string
  readonly version: number
  readonly lines: readonly number[]
  readonly fresh: readonly number[]
}
/** False when the person stopped it meanwhile. */
export const keepReading = async (db: Db, { id, name, version, lines, fresh }: Kept, now: Date): Promise<boolean> =>
  (await db.first(
    sql<{ kept: boolean }>`select ctx.keep_reading(${id}::uuid, ${name}, ${version}::int, ${lines}::bigint[],
      ${fresh}::bigint[], ${now}::timestamptz) as kept`,
  ))!.kept
export const stopWatch = async (db: Db, id: string, reason: StopReason, now: Date): Promise<boolean> =>
  (await db.first(
    sql<{ stopped: boolean }>`select ctx.stop_watch(${id}::uuid, ${reason}, ${now}::timestamptz) as stopped`,
  ))!.stopped
export const passWatcher = (db: Db, accountId: string, now: Date) =>
  db.run(sql`select ctx.pass_watcher(${accountId}::uuid, ${now}::timestamptz)`)
export const purgeWatches = async (db: Db, now: Date): Promise<number> =>
  (await db.first(sql<{ purged: number }>`select ctx.purge_view_watches(${now}::timestamptz) as purged`))!.purged
