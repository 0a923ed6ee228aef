import { sql } from 'kysely'
import type { Db } from '../platform/database.ts'
import type { Holder, Told } from './recipient-rules.ts'

/** Holders of a role on either side on that day, as the viewer may write to them. Empty for a viewer who may not. */
export const holdersFor = (db: Db, organisationId: string, regionId: number | null, at: Date): Promise<Holder[]> =>
  db.all(
    sql<Holder>`select party, role, account_id, address
      from notice_recipients(${organisationId}::uuid, ${regionId}::int, ${at}::timestamptz)`,
  )
export const holdersForService = (
  db: Db,
  organisationId: string,
  regionId: number | null,
  at: Date,
): Promise<Holder[]> =>
  db.all(
    sql<Holder>`select party, role, account_id, address
      from ctx.recipients_of(${organisationId}::uuid, ${regionId}::int, ${at}::timestamptz)`,
  )
export const noteEmptyRoles = (db: Db, organisationId: string, said: Told & { readonly kind: string }, at: Date) =>
  db.first(
    sql`select ctx.note_empty_roles(${organisationId}::uuid, ${JSON.stringify(said)}::jsonb, ${at}::timestamptz)`,
  )
