import type pg from 'pg'
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
  readonly address: string | null
  readonly subject: string
  readonly body: string
  readonly why: string
  readonly path: string | null
  readonly created_at: Date
}
/** Locks it until the transaction ends; undefined when it left already, or when another worker holds it. */
export const takeMail = async (client: pg.ClientBase, id: string): Promise<WaitingMail | undefined> =>
  (
    await client.query<WaitingMail>(
      `select id, public.mail_address(id) as address, subject, body, why, path, created_at from mails
    where id = $1 and sent_at is null and failed_at is null and kept_at is null for update skip locked`,
      [id],
    )
  ).rows[0]

export type Settled = 'sent_at' | 'failed_at' | 'kept_at'
export const settleMail = (client: pg.ClientBase, id: string, as: Settled, error: string | null) =>
  client.query('select ctx.settle_mail($1, $2, $3)', [id, as, error])
export const noteFailure = (client: pg.ClientBase, id: string, error: string) =>
  client.query('update mails set attempts = attempts + 1, last_error = $2 where id = $1', [id, error])

/**
 * A job for each mail that has none: written while the queue did not stand yet. One that failed for good keeps its job,
 * and is left alone.
 */
export const requeueMails = async (client: pg.ClientBase): Promise<number> =>
  (
    await client.query(`
  select graphile_worker.add_job('send-mail', json_build_object('mailId', m.id), job_key => 'mail:' || m.id)
    from mails m
  where m.sent_at is null and m.failed_at is null and m.kept_at is null and m.created_at < now() - interval '1 minute'
    and not exists (select from graphile_worker.jobs j where j.key = 'mail:' || m.id)`)
  ).rowCount ?? 0

/** Thirty days after it left, nothing stays but that it did: to which account, of what kind, about what. */
export const purgeMails = async (client: pg.ClientBase): Promise<number> =>
  (await client.query<{ purged: number }>('select ctx.purge_mails() as purged')).rows[0]!.purged
