import type { Db } from '../platform/database.ts'
import { insertMail } from './mails.queries.ts'

export interface Mail {
  /** `grant-decided`: what it is for, in the figures and the trail. */
  readonly kind: string
  /** An account, whose address is read when the mail leaves; or an address, for who has no account. */
  readonly to: { readonly accountId: string } | { readonly address: string }
  /** Without personal data: it shows on locked screens, and passes through others' servers. */
  readonly subject: string
  /** Whole sentences in French, without greeting nor signature: the frame has them. */
  readonly text: string
  /** Ends « Vous recevez ce message parce que … » */
  readonly why: string
  /** The page of this service that it speaks of: `/conditions`. */
  readonly path?: string
  readonly about?: readonly [kind: string, id: string]
}
export interface MailDeps {
  readonly newId: () => string
  readonly now: Date
}

/**
 * For this folder alone: others tell a person or roles (tell.ts).
 * Writes a mail to the outbox in the caller's transaction: it leaves once committed. Answers its id, for the trail.
 */
export const queueMail = async (db: Db, mail: Mail, { newId, now }: MailDeps): Promise<string> => {
  const id = newId()
  await insertMail(db, {
    id,
    kind: mail.kind,
    subject: mail.subject,
    body: mail.text,
    why: mail.why,
    path: mail.path ?? null,
    createdAt: now,
    toAccountId: 'accountId' in mail.to ? mail.to.accountId : null,
    toAddress: 'address' in mail.to ? mail.to.address.trim().toLowerCase() : null,
    aboutKind: mail.about?.[0] ?? null,
    aboutId: mail.about?.[1] ?? null,
  })
  return id
}
