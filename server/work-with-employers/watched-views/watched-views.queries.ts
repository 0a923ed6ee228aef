import { sql } from 'kysely'
import { type Db, k } from '../../platform/database.ts'
import { siretText } from '../../platform/siret.ts'
import { isClosed } from '../../territory-and-register/establishments/establishments.queries.ts'
import type { ViewedList } from '../saved-views/view-rules.ts'

export interface NewWatch {
  readonly id: string
  readonly view: { readonly id: string; readonly name: string; readonly version: number }
  readonly lines: readonly number[]
  readonly tokenHash: Buffer
  readonly at: Date
}
/** False when the session is over meanwhile. */
export const putWatch = async (db: Db, { id, view, lines, tokenHash, at }: NewWatch): Promise<boolean> =>
  (await db.first(
    sql<{ kept: boolean }>`select watch_view(${id}::uuid, ${view.id}::uuid, ${view.name}, ${view.version}::int,
      ${lines}::bigint[], ${tokenHash}::bytea, ${at}::timestamptz) as kept`,
  ))!.kept

export interface WatchRow {
  readonly id: string
  readonly name: string
  readonly viewId: string | null
  readonly list: ViewedList | null
  readonly address: Record<string, string> | null
  readonly campaignId: string | null
  /** Null too when its campaign is seen no more. */
  readonly campaignName: string | null
  readonly watchedAt: Date
  readonly readAt: Date
  readonly newsCount: number
  readonly newsAt: Date | null
  readonly news: readonly {
    readonly siret: number
    readonly name: string | null
    readonly town: string | null
    readonly closed: boolean
  }[]
  readonly stoppedAt: Date | null
  readonly stoppedFor: 'removed' | 'out-of-reach' | 'too-many' | null
}
/** Of what is new, as many are named. */
const mostNamed = 10
const watches = sql`select w.id, w.name, v.id as view_id, v.list, v.address, v.campaign_id, c.name as campaign_name, w.watched_at,
    w.read_at, w.news_count, w.news_at, w.stopped_at, w.stopped_for,
    (select coalesce(jsonb_agg(jsonb_build_object('siret', n.siret, 'name', e.name, 'town', e.commune_name,
      'closed', ${isClosed}) order by n.place), '[]')
      from unnest(w.news) with ordinality n (siret, place) left join establishments e on e.siret = n.siret
      where n.place <= ${sql.lit(mostNamed)}) as news
  from view_watches w left join saved_views v on v.id = w.view_id left join campaigns c on c.id = v.campaign_id`

/** One's own, those with something new first. */
export const listWatches = (db: Db): Promise<WatchRow[]> =>
  db.all(sql<WatchRow>`${watches} order by w.news_at desc nulls last, w.name collate "fr-x-icu", w.id`)
export const watchById = (db: Db, id: string): Promise<WatchRow | undefined> =>
  db.first(sql<WatchRow>`${watches} where w.id = ${id}::uuid`)
export const watchOfView = (db: Db, viewId: string): Promise<WatchRow | undefined> =>
  db.first(sql<WatchRow>`${watches} where w.view_id = ${viewId}::uuid`)

export const countWatched = async (db: Db, butView: string): Promise<number> =>
  (await db.first(
    sql<{ total: number }>`select count(*)::int as total from view_watches
      where stopped_at is null and view_id is distinct from ${butView}::uuid`,
  ))!.total

export const deleteWatch = (db: Db, id: string): Promise<number> =>
  db.run(k.deleteFrom('viewWatches').where('id', '=', id))

export const newsOf = ({ news, newsCount, newsAt }: WatchRow) =>
  newsAt && {
    count: newsCount,
    at: newsAt.toISOString(),
    establishments: news.map(({ siret, ...one }) => ({ ...one, siret: siretText(siret) })),
  }
