import { sql } from 'kysely'
import { type Db, k } from '../platform/database.ts'

export interface QueuedMail {
  readonly id: string
  readonly toAccountId: string | null
  readonly toAddress: string | null
  readonly subject: string
  readonly body: string
  readonly why: string
  readonly path: string | null
  readonly kind: string
  readonly aboutKind: string | null
  readonly aboutId: string | null
  readonly createdAt: Date
}
export const insertMail = (db: Db, mail: QueuedMail): Promise<number> => db.run(k.insertInto('mails').values(mail))

export interface WaitingMail {
  readonly id: string
  readonly kind: string
  readonly toAccountId: string | null
  readonly address: string | null
  readonly subject: string
  readonly body: string
  readonly why: string
  readonly path: string | null
  readonly createdAt: Date
  /** Of the account it goes to, where its address has another account. */
  readonly structure: string | null
}
/** Locks it until the transaction ends; undefined when it left already, or when another worker holds it. */
export const takeMail = (db: Db, id: string): Promise<WaitingMail | undefined> =>
  db.first(
    sql<WaitingMail>`select id, kind, to_account_id, public.mail_address(id) as address, subject, body, why, path,
        created_at, ctx.mail_structure(to_account_id) as structure from mails
      where id = ${id}::uuid and sent_at is null and failed_at is null and kept_at is null for update skip locked`,
  )

export type Settled = 'sent_at' | 'failed_at' | 'kept_at'
export const settleMail = (db: Db, id: string, as: Settled, error: string | null) =>
  db.run(sql`select ctx.settle_mail(${id}::uuid, ${as}, ${error})`)
export const noteFailure = (db: Db, id: string, error: string) =>
  db.run(sql`update mails set attempts = attempts + 1, last_error = ${error} where id = ${id}::uuid`)

/**
 * A job for each mail that has none: written while the queue did not stand yet. One that failed for good keeps its job,
 * and is left alone.
 */
export const requeueMails = (db: Db): Promise<number> =>
  db.run(sql`
    select graphile_worker.add_job('send-mail', json_build_object('mailId', m.id), job_key => 'mail:' || m.id)
      from mails m
      where m.sent_at is null and m.failed_at is null and m.kept_at is null
        and m.created_at < now() - interval '1 minute'
        and not exists (select from graphile_worker.jobs j where j.key = 'mail:' || m.id)`)

/** Thirty days after it left, nothing stays but that it did: to which account, of what kind, about what. */
export const purgeMails = async (db: Db): Promise<number> =>
  (await db.first(sql<{ purged: number }>`select ctx.purge_mails() as purged`))!.purged
