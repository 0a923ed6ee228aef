import { sql } from 'kysely'
import type { Entry } from './action.ts'
import type { Db } from './database.ts'

export interface Act {
  readonly at: Date
  readonly actorId: string | null
  readonly organisationId: string | null
  readonly origin: string
  readonly requestId: string
}

const rowsOf = (entries: readonly Entry[], newId: () => string) =>
  JSON.stringify(
    entries.map(e => ({
      id: newId(),
      action: e.action,
      kind: e.subject[0],
      subject: e.subject[1],
      detail: e.detail ?? {},
    })),
  )

/** When and from where: who acts is the session entered in this transaction, and the database knows it. */
export type SessionAct = Pick<Act, 'at' | 'origin' | 'requestId'>

/** Tells the trail what the person of this session did, in the transaction that did it (SEC-1). */
export const recordActs = (
  db: Db,
  { at, origin, requestId }: SessionAct,
  entries: readonly Entry[],
  newId: () => string,
) => db.run(sql`select ctx.write_acts(${at}, ${origin}, ${requestId}, ${rowsOf(entries, newId)}::jsonb)`)

/** The same for the role of signing in, of who just came in. */
export const recordSignIn = (
  db: Db,
  { at, origin, requestId }: SessionAct,
  entries: readonly Entry[],
  newId: () => string,
) => db.run(sql`select ctx.write_sign_in(${at}, ${origin}, ${requestId}, ${rowsOf(entries, newId)}::jsonb)`)

/**
 * For the owner alone, who says who was at it: appends entries to the trail, in the caller's transaction.
 * The leaf and the digests are computed by PostgreSQL from what it stores (SEC-1).
 */
export const appendAudit = (db: Db, act: Act, entries: readonly Entry[], newId: () => string) =>
  db.run(sql`
    with entry as materialized (
      select e.*, gen_random_bytes(16) as salt
        from jsonb_to_recordset(${rowsOf(entries, newId)}::jsonb) as e (id uuid, action text, kind text, subject text,
        detail jsonb)),
    written as (
      insert into audit_entries (id, at, actor_id, organisation_id, action, subject_kind, subject_id, origin,
        request_id, detail_digest)
      select id, ${act.at}, ${act.actorId}::uuid, ${act.organisationId}::uuid, action, kind, subject, ${act.origin},
        ${act.requestId}, audit_detail_digest(salt, detail) from entry)
    insert into audit_details (entry_id, salt, detail) select id, salt, detail from entry`)

/** An act at the door, before anyone is signed in. The database lists such acts, and dates them itself. */
export const recordAtTheDoor = (
  db: Db,
  { organisationId, origin, requestId }: Pick<Act, 'organisationId' | 'origin' | 'requestId'>,
  { action, subject: [kind, id], detail }: Entry,
  newId: () => string,
) =>
  db.run(
    sql`select record_at_the_door(${newId()}::uuid, ${action}, ${kind}, ${id}, ${organisationId}::uuid, ${origin},
      ${requestId}, ${JSON.stringify(detail ?? {})}::jsonb)`,
  )

/** The person at the command line, by their own word. */
export const isOperator = (operator: string | undefined): operator is string =>
  operator !== undefined && /^[^\p{Cc}]{2,80}$/u.test(operator)
export const commandOrigin = (operator: string): string => `ligne de commande, ${operator}`
