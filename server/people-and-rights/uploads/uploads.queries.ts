import { sql } from 'kysely'
import type { UploadType } from '../../../contract/people-and-rights/uploads.ts'
import { type Db, k } from '../../platform/database.ts'

export interface UploadRow {
  readonly id: string
  readonly byId: string
  readonly name: string
  readonly size: number
  readonly begunAt: Date
  readonly mediaType: UploadType | null
  readonly sha256: string | null
  readonly scanned: boolean | null
  /** Pieces that came. */
  readonly received: number
}
export const uploadById = (db: Db, id: string): Promise<UploadRow | undefined> =>
  db.first(sql<UploadRow>`select u.id, u.by_id, u.name, u.size, u.begun_at, u.media_type, encode(u.sha256, 'hex') as sha256,
    u.scanned, (select count(*)::int from upload_pieces p where p.upload_id = u.id) as received
    from uploads u where u.id = ${id}::uuid`)

export interface NewUpload {
  readonly id: string
  readonly byId: string
  readonly name: string
  readonly size: number
  readonly begunAt: Date
}
export const insertUpload = (db: Db, upload: NewUpload) => db.run(k.insertInto('uploads').values(upload))

/** One's own that wait, but the last ones. */
export const removeOldest = (db: Db, kept: number) =>
  db.run(sql`delete from uploads where by_id = ctx.account()
    and id not in (select u.id from uploads u where u.by_id = ctx.account() order by u.begun_at desc, u.id desc limit ${kept})`)

/** A piece that came already stays as it came. */
export const insertPiece = (db: Db, uploadId: string, position: number, bytes: Buffer) =>
  db.run(
    k
      .insertInto('uploadPieces')
      .values({ uploadId, position, bytes })
      .onConflict(on => on.doNothing()),
  )

export const pieceBytesAt = async (db: Db, uploadId: string, position: number): Promise<Buffer | undefined> =>
  (
    await db.first(
      sql<{
        bytes: Buffer
      }>`select bytes from upload_pieces where upload_id = ${uploadId}::uuid and position = ${position}`,
    )
  )?.bytes

export interface Checked {
  readonly checkedAt: Date
  readonly mediaType: UploadType
  readonly sha256: Buffer
  readonly scanned: boolean
}
/** False when another request checked it at the same moment. */
export const saveChecked = async (db: Db, id: string, checked: Checked): Promise<boolean> =>
  (await db.run(k.updateTable('uploads').set(checked).where('id', '=', id).where('checkedAt', 'is', null))) === 1

/** It was dropped, refused, or an act kept it. */
export const removeUpload = async (db: Db, id: string): Promise<boolean> =>
  (await db.run(k.deleteFrom('uploads').where('id', '=', id))) === 1
