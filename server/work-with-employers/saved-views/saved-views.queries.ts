import { sql } from 'kysely'
import { type Db, k } from '../../platform/database.ts'
import { refusedBy } from '../../platform/errors.ts'
import type { Sharing, ViewedList, ViewFacts } from './view-rules.ts'

export interface ViewRow extends ViewFacts {
  readonly id: string
  readonly list: ViewedList
  readonly name: string
  readonly address: Record<string, string>
  readonly version: number
  readonly campaignId: string | null
  /** Null when the reader does not see it any more. */
  readonly campaignName: string | null
  readonly ownerName: string | null
  readonly pinned: boolean
  /** One is written to about it (watched-views). */
  readonly watchId: string | null
}
// A campaign that one sees no more leaves the view without a name; the names of people follow their own policy.
const views = sql`select v.id, v.list, v.name, v.address, v.shared_with, v.owner_id, v.organisation_id, v.version,
    v.campaign_id, c.name as campaign_name, a.given_name || ' ' || a.family_name as owner_name,
    exists (select from view_pins p where p.view_id = v.id and p.account_id = (select ctx.account())) as pinned,
    (select w.id from view_watches w where w.view_id = v.id and w.stopped_at is null and w.account_id = (select ctx.account())) as watch_id
  from saved_views v left join campaigns c on c.id = v.campaign_id left join accounts a on a.id = v.owner_id`

export interface ViewFilter {
  readonly list?: ViewedList | undefined
  readonly campaign?: string | undefined
  readonly pinned?: boolean | undefined
}
/** Those that may be read, by name. One of a campaign that is seen no more opens nothing: it is left out. */
export const listViews = (db: Db, { list, campaign, pinned }: ViewFilter): Promise<ViewRow[]> =>
  db.all(sql<ViewRow>`${views} where (v.campaign_id is null or c.id is not null)
      ${list ? sql`and v.list = ${list}` : sql``} ${campaign ? sql`and v.campaign_id = ${campaign}::uuid` : sql``}
      ${pinned ? sql`and v.id in (select p.view_id from view_pins p where p.account_id = (select ctx.account()))` : sql``}
    order by v.name collate "fr-x-icu", v.id limit 300`)

export const findView = (db: Db, id: string): Promise<ViewRow | undefined> =>
  db.first(sql<ViewRow>`${views} where v.id = ${id}::uuid`)

export const countOwnViews = async (db: Db): Promise<number> =>
  (await db.first(
    sql<{ total: number }>`select count(*)::int as total from saved_views where owner_id = (select ctx.account())`,
  ))!.total

export interface NewView extends ViewFacts {
  readonly id: string
  readonly list: ViewedList
  readonly campaignId: string | null
  readonly name: string
  readonly address: Record<string, string>
  readonly savedAt: Date
}
/** False when its owner has a view of that name there, also saved at the same instant. */
export const insertView = async (db: Db, { address, ...view }: NewView): Promise<boolean> =>
  (await db.run(
    k
      .insertInto('savedViews')
      .values({ ...view, address: JSON.stringify(address) })
      .onConflict(on => on.doNothing()),
  )) === 1

export interface ViewChange {
  readonly name: string
  readonly address: Record<string, string>
  readonly sharedWith: Sharing
}
/**
 * How many views were written: none when the version read is no longer the one that stands. Throws view/name-taken when
 * its owner has another of that name there.
 */
export const updateView = (db: Db, id: string, version: number, change: ViewChange): Promise<number> =>
  db
    .run(
      sql`update saved_views set name = ${change.name}, address = ${JSON.stringify(change.address)}::jsonb,
    shared_with = ${change.sharedWith}, version = version + 1 where id = ${id}::uuid and version = ${version}`,
    )
    .catch(refusedBy('saved_views_once', 'view/name-taken'))

export const deleteView = (db: Db, id: string): Promise<number> =>
  db.run(k.deleteFrom('savedViews').where('id', '=', id))

/** Throws not-found when the view is removed at the same time. */
export const insertPin = (db: Db, accountId: string, viewId: string, pinnedAt: Date): Promise<number> =>
  db
    .run(
      k
        .insertInto('viewPins')
        .values({ accountId, viewId, pinnedAt })
        .onConflict(on => on.doNothing()),
    )
    .catch(refusedBy('view_pins_view_id_fkey', 'not-found'))
export const deletePin = (db: Db, accountId: string, viewId: string): Promise<number> =>
  db.run(k.deleteFrom('viewPins').where('accountId', '=', accountId).where('viewId', '=', viewId))
