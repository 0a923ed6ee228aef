import { mkdir, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import nodemailer from 'nodemailer'
import type { MailSettings } from '../platform/config.ts'
import { mailText } from './mail-text-rules.ts'
import type { WaitingMail } from './mails.queries.ts'
import type { UnsubscribeAddresses } from './unsubscribe-addresses.ts'

/** Hands one mail over: to the mail server, or in demonstration to a file, which is no sending. */
export interface Post {
  hand(mail: WaitingMail & { readonly address: string }): Promise<'sent_at' | 'kept_at'>
  close(): void
}

/** Whose service writes, and how its mails are stopped. */
export interface Frame {
  readonly publicUrl: string
  readonly unsubscribes: Pick<UnsubscribeAddresses, 'of'>
}
type Addressed = WaitingMail & { readonly address: string }

/** One press in the mail program stops its kind (RFC 8058). The address is written in one piece. */
const oneClick = (address: string) => ({
  'List-Unsubscribe': { prepared: true, value: `<${address}>` },
  'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
})
const message = (mail: Addressed, from: string, { publicUrl, unsubscribes }: Frame) => {
  const stop = mail.toAccountId === null ? undefined : unsubscribes.of({ kind: mail.kind, mailId: mail.id })
  return {
    from,
    to: { name: '', address: mail.address },
    subject: mail.subject,
    text: mailText({ ...mail, stop }, publicUrl),
    date: mail.createdAt,
    // The row's id: a mail that left twice, because we died before writing the server's answer, is known as one.
    messageId: `<${mail.id}@${new URL(publicUrl).hostname}>`,
    headers: {
      'Auto-Submitted': 'auto-generated',
      'X-Auto-Response-Suppress': 'All',
      ...(stop === undefined ? {} : oneClick(stop)),
    },
    disableFileAccess: true,
    disableUrlAccess: true,
  }
}

const isLocal = (host: string) => ['localhost', '127.0.0.1', '[::1]'].includes(host)
const bySmtp = ({ smtpUrl, from }: MailSettings & { smtpUrl: string }, frame: Frame): Post => {
  const { protocol, hostname, port, username, password } = new URL(smtpUrl)
  const secure = protocol === 'smtps:'
  const transport = nodemailer.createTransport({
    host: hostname.replace(/^\[|\]$/g, ''),
    port: Number(port) || (secure ? 465 : 587),
    secure,
    requireTLS: !secure && !isLocal(hostname),
    ignoreTLS: isLocal(hostname) && !secure,
    ...(username ? { auth: { user: decodeURIComponent(username), pass: decodeURIComponent(password) } } : {}),
    pool: true,
    maxConnections: 2,
    connectionTimeout: 10_000,
    greetingTimeout: 10_000,
    socketTimeout: 30_000,
  })
  return {
    hand: async mail => {
      await transport.sendMail(message(mail, from, frame))
      return 'sent_at'
    },
    close: () => transport.close(),
  }
}

const toFiles = ({ from, folder }: MailSettings & { folder: string }, frame: Frame): Post => {
  const transport = nodemailer.createTransport({ streamTransport: true, buffer: true, newline: 'unix' })
  return {
    hand: async mail => {
      const made = await transport.sendMail(message(mail, from, frame))
      await mkdir(folder, { recursive: true, mode: 0o700 })
      // Whole or not at all under its name, and the same name however often it is written.
      const file = join(folder, `${mail.id}.eml`)
      await writeFile(`${file}.part`, made.message as Buffer, { mode: 0o600 })
      await rename(`${file}.part`, file)
      return 'kept_at'
    },
    close: () => {},
  }
}

export const openPost = (mail: MailSettings, frame: Frame): Post =>
  mail.smtpUrl === undefined ? toFiles(mail, frame) : bySmtp(mail, frame)
