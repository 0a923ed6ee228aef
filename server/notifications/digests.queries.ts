import { sql } from 'kysely'
import type { Db } from '../platform/database.ts'

interface UpTo {
  readonly morning: Date
  readonly weekly: Date
}
/** Accounts with something due, in order, after the last one looked at. */
export const digestsDue = async (db: Db, { morning, weekly }: UpTo, past: string | null, most: number) =>
  (
    await db.all(
      sql<{ id: string }>`select id from ctx.digests_due(${morning}::timestamptz, ${weekly}::timestamptz,
        ${past}::uuid, ${most}::int) id`,
    )
  ).map(({ id }) => id)

export interface ToldRow {
  readonly id: string
  readonly kind: string
  readonly subject: string
  readonly at: Date
}
/** Noted as told in this transaction. None where another worker has them, or where nobody is there to read. */
export const takeDigest = (db: Db, accountId: string, { morning, weekly }: UpTo, now: Date): Promise<ToldRow[]> =>
  db.all(sql<ToldRow>`select id, kind, subject, at from ctx.take_digest(${accountId}::uuid, ${morning}::timestamptz,
    ${weekly}::timestamptz, ${now}::timestamptz)`)
