import { sql } from 'kysely'
import { type Db, k } from '../../platform/database.ts'
import type { DocumentFacts } from './conditions-rules.ts'

export interface DocumentRow extends DocumentFacts {
  readonly title: string
  readonly hash: string
  readonly publishedAt: Date
  readonly cancelledAt: Date | null
  readonly cancelReason: string | null
}
export interface Acceptance {
  readonly documentId: string
  readonly hash: string
  readonly acceptedAt: Date
}

const columns = sql`d.id, d.kind, d.tool, d.version, d.title, encode(d.body_hash, 'hex') as hash, d.in_force_from,
  d.published_at, d.cancelled_at, d.cancel_reason`
export const allDocuments = (db: Db): Promise<DocumentRow[]> =>
  db.all(sql<DocumentRow>`select ${columns} from documents d`)
/** The texts in force, by id. */
export const documentBodies = async (db: Db): Promise<Map<string, string>> =>
  new Map(
    (
      await db.all(sql<{ id: string; body: string }>`
    select distinct on (d.kind, d.tool) d.id, d.body from documents d where d.in_force_from <= ctx.clock()
        and d.cancelled_at is null
      order by d.kind, d.tool, d.in_force_from desc`)
    ).map(r => [r.id, r.body]),
  )
export const findDocument = (db: Db, id: string) =>
  db.first(sql<DocumentRow & { body: string }>`select ${columns}, d.body from documents d where d.id = ${id}`)
/** Rows written: none when another published the same version, or for the same instant, since it was read. */
export const insertDocument = (
  db: Db,
  {
    id,
    kind,
    tool,
    version,
    title,
    body,
    hash,
    inForceFrom,
    publishedBy,
    publishedAt,
  }: Omit<DocumentRow, 'cancelledAt' | 'cancelReason'> & { body: string; publishedBy: string },
): Promise<number> =>
  db.run(
    k
      .insertInto('documents')
      .values({
        id,
        kind,
        tool,
        version,
        title,
        body,
        bodyHash: Buffer.from(hash, 'hex'),
        inForceFrom,
        publishedBy,
        publishedAt,
      })
      .onConflict(c => c.doNothing()),
  )
/** Rows written: none when it took effect, or another cancelled it, since it was read. */
export const cancelDocument = (db: Db, id: string, by: string, reason: string, now: Date): Promise<number> =>
  db.run(sql`update documents set cancelled_at = ${now}, cancelled_by = ${by}::uuid, cancel_reason = ${reason}
    where id = ${id} and cancelled_at is null`)

export const ownAcceptances = (db: Db): Promise<Acceptance[]> =>
  db.all(
    sql<Acceptance>`select document_id, encode(body_hash, 'hex') as hash, accepted_at from acceptances
      where account_id = ctx.account() order by accepted_at desc, document_id`,
  )
export const insertAcceptance = (
  db: Db,
  {
    accountId,
    organisationId,
    documentId,
    hash,
    acceptedAt,
  }: Acceptance & { accountId: string; organisationId: string },
): Promise<number> =>
  db.run(
    k
      .insertInto('acceptances')
      .values({ accountId, organisationId, documentId, bodyHash: Buffer.from(hash, 'hex'), acceptedAt })
      .onConflict(c => c.doNothing()),
  )

/** Whether a text in force is still to be accepted by who asks. */
export const conditionsDue = async (db: Db): Promise<boolean> =>
  (await db.first(sql<{ due: boolean }>`select ctx.conditions_due() as due`))!.due
/** The first instant of a day in Paris. */
export const startOfDay = async (db: Db, day: string): Promise<Date> =>
  (await db.first(sql<{ at: Date }>`select ${day}::date::timestamp at time zone 'Europe/Paris' as at`))!.at
