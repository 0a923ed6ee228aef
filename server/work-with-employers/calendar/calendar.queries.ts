import { sql } from 'kysely'
import type { Db } from '../../platform/database.ts'
import { isClosed } from '../../territory-and-register/establishments/establishments.queries.ts'
import type { CalendarName } from './calendar-addresses.ts'
import { mostEvents, type PlannedEvent, pastDays } from './calendar-rules.ts'

export interface FeedRow {
  readonly id: string
  readonly madeAt: Date
  readonly readOn: string | null
}
/** One's own. */
export const ownFeed = (db: Db): Promise<FeedRow | undefined> =>
  db.first(sql<FeedRow>`select id, made_at, read_on from calendar_feeds`)

/** False when the session is over meanwhile. */
export const putFeed = async (db: Db, { id, digest }: CalendarName, tokenHash: Buffer, at: Date): Promise<boolean> =>
  (await db.first(
    sql<{ kept: boolean }>`select make_calendar_feed(${id}::uuid, ${digest}::bytea, ${tokenHash}::bytea,
      ${at}::timestamptz) as kept`,
  ))!.kept

export const deleteFeed = async (db: Db): Promise<number> =>
  (await db.all(sql<{ id: string }>`delete from calendar_feeds returning id`)).length

/** Opens the rights of its person in this transaction. Null: no such address. False: nothing opens for now. */
export const enterCalendar = async (db: Db, { id, digest }: CalendarName): Promise<boolean | null> =>
  (await db.first(sql<{ opens: boolean | null }>`select ctx.enter_calendar(${id}::uuid, ${digest}::bytea) as opens`))!
    .opens

/** One's own: those to do, and those done or past lately. What row-level security keeps is not there. */
export const ownEvents = (db: Db, today: string): Promise<PlannedEvent[]> =>
  db.all(sql<PlannedEvent>`select n.id, n.kind, n.due_on, to_char(n.due_at, 'HH24:MI') as due_at,
      (n.due_on + n.due_at) at time zone 'Europe/Paris' as starts_at, n.done_at is not null as done, n.version, n.siret,
      ${isClosed} as closed, not_to_contact_until(n.siret, ${today}::date) is not null as not_to_contact,
      e.name, e.street, e.postal_code, e.commune_name as town
    from next_actions n left join establishments e on e.siret = n.siret
    where n.owner_id = (select ctx.account()) and n.cancelled_at is null
      and (n.done_at is null or n.due_on >= ${today}::date - ${pastDays}::int)
    order by n.due_on desc, n.id limit ${mostEvents}`)
