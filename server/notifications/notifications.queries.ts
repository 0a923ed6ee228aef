import { sql } from 'kysely'
import type { Delivery, SwitchableKind } from '../../contract/deliveries.ts'
import type { Db } from '../platform/database.ts'

/** No more are counted: the bell says « 99+ ». */
export const mostUnread = 100

/** One's own; 0 for a session that opens nothing yet. */
export const countUnread = async (db: Db): Promise<number> =>
  (await db.first(
    sql<{ n: number }>`select count(*)::int as n from (select from notifications
      where account_id = (select ctx.account()) and read_at is null limit ${mostUnread}) unread`,
  ))!.n

export interface NotificationRow {
  readonly id: string
  readonly kind: string
  readonly subject: string
  readonly text: string | null
  readonly path: string | null
  readonly at: Date
  readonly readAt: Date | null
  /** Whether its person may still see what it speaks of. */
  readonly open: boolean
}
/** What each is about, looked for under the reader's own rights. A page of one's own, or public, answers by itself. */
const stillSeen = sql`case n.about_kind
    when 'campaign' then exists (select from campaigns c where c.id::text = n.about_id)
    when 'bulk-work' then exists (select from bulk_works w where w.id::text = n.about_id)
    when 'need' then exists (select from needs x where x.id::text = n.about_id)
    when 'need-proposal' then exists (select from need_proposals p where p.id::text = n.about_id)
    when 'action-proposal' then exists (select from action_proposals p where p.id::text = n.about_id)
    when 'convention' then exists (select from conventions v where v.id::text = n.about_id)
    when 'rgc-deed' then exists (select from rgc_deeds d where d.id::text = n.about_id)
    when 'grant-request' then exists (select from grant_requests r where r.id::text = n.about_id)
    when 'access-request' then exists (select from access_requests r where r.id::text = n.about_id)
    when 'account' then exists (select from accounts a where a.id::text = n.about_id)
    else true end`
/** One's own, the latest first. */
export const listOwn = (
  db: Db,
  { after, limit, unread }: { readonly after: string | undefined; readonly limit: number; readonly unread: boolean },
): Promise<NotificationRow[]> =>
  db.all(sql<NotificationRow>`select n.id, n.kind, n.subject, n.text, n.path, n.at, n.read_at, ${stillSeen} as open
    from notifications n
    where n.account_id = (select ctx.account()) and (${after ?? null}::uuid is null or n.id < ${after ?? null}::uuid)
      and (not ${unread}::boolean or n.read_at is null)
    order by n.id desc limit ${limit + 1}`)

export const mark = (db: Db, ids: readonly string[], at: Date | null): Promise<number> =>
  db.run(sql`update notifications set read_at = ${at}::timestamptz
    where account_id = (select ctx.account()) and id = any (${ids}::uuid[])
      and (read_at is null) <> (${at}::timestamptz is null)`)
export const markAll = (db: Db, upTo: string, at: Date): Promise<number> =>
  db.run(sql`update notifications set read_at = ${at}
    where account_id = (select ctx.account()) and read_at is null and id <= ${upTo}::uuid`)

export interface ChoiceRow {
  readonly kind: string
  readonly delivery: Delivery
}
export const ownChoices = (db: Db): Promise<ChoiceRow[]> =>
  db.all(sql<{ kind: string; delivery: Delivery }>`select kind, delivery from notification_choices
    where account_id = (select ctx.account())`)
/** Written again only where it changes. */
export const putChoices = (
  db: Db,
  choices: readonly { readonly kind: SwitchableKind; readonly delivery: Delivery }[],
  at: Date,
): Promise<number> =>
  db.run(sql`insert into notification_choices as c (account_id, kind, delivery, chosen_at)
    select ctx.account(), x.kind, x.delivery, ${at}::timestamptz
      from unnest(${choices.map(c => c.kind)}::text[], ${choices.map(c => c.delivery)}::text[]) x (kind, delivery)
    on conflict (account_id, kind) do update set delivery = excluded.delivery, chosen_at = excluded.chosen_at
      where c.delivery <> excluded.delivery`)

/** Takes away what earlier mornings said of next actions. `today`: a day in Paris. Says how many lines went. */
export const dropPastDueLines = async (db: Db, today: string): Promise<number> =>
  (await db.first(sql<{ dropped: number }>`select ctx.drop_past_due_lines(${today}::date) as dropped`))!.dropped

/** Purged thirty days after they were read, ninety after they were written. Says how many were. */
export const purgeNotifications = async (db: Db): Promise<number> =>
  (await db.first(sql<{ purged: number }>`select ctx.purge_notifications() as purged`))!.purged
