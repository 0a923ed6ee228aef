import { sql } from 'kysely'
import { type Db, k } from '../platform/database.ts'
import type { RoleKind } from './recipient-rules.ts'

/** How many partners have a convention in force: of a region, or all where the region is the whole country (0). */
export const countPartners = async (db: Db, regionId: number): Promise<number> =>
  (await db.first(sql<{ n: number }>`select count(*)::int as n from conventions
    where effective_from is not null and (ends_at is null or ends_at > ctx.clock())
      and ${regionId}::int in (0, region_id)`))!.n

export interface Announcement {
  readonly kind: RoleKind
  readonly subject: string
  readonly text: string
  /** The page, and what the mail is about: both, or each partner's own convention. */
  readonly path: string | null
  readonly aboutKind: string | null
  readonly aboutId: string | null
}
export const insertAnnouncement = (
  db: Db,
  announcement: Announcement & {
    readonly id: string
    readonly regionId: number
    readonly announcedBy: string
    readonly announcedAt: Date
  },
) => db.run(k.insertInto('announcements').values(announcement))

export interface ToTell extends Announcement {
  readonly announcementId: string
  readonly announcedBy: string
  readonly conventionId: string | null
  readonly organisationId: string | null
  readonly regionId: number | null
}
export const nextToTell = (db: Db, most: number): Promise<ToTell[]> =>
  db.all(sql<ToTell>`select announcement_id, kind, subject, text, path, about_kind, about_id, announced_by, convention_id,
      organisation_id, region_id
    from ctx.next_to_tell(${most}::int)`)
/** `conventionId` null: everyone was told. */
export const noteTold = (db: Db, announcementId: string, conventionId: string | null, mails: number) =>
  db.first(sql`select ctx.told_up_to(${announcementId}::uuid, ${conventionId}::uuid, ${mails}::int)`)
