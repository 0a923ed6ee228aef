import { mkdir, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import nodemailer from 'nodemailer'
import type { MailSettings } from '../platform/config.ts'
import { mailText } from './mail-text-rules.ts'
import type { WaitingMail } from './mails.queries.ts'

/** Hands one mail over: to the mail server, or in demonstration to a file, which is no sending. */
export interface Post {
  hand(mail: WaitingMail & { readonly address: string }): Promise<'sent_at' | 'kept_at'>
  close(): void
}

const message = (mail: WaitingMail & { readonly address: string }, from: string, publicUrl: string) => ({
  from,
  to: { name: '', address: mail.address },
  subject: mail.subject,
  text: mailText(mail, publicUrl),
  date: mail.createdAt,
  // The row's id: a mail that left twice, because we died before writing the server's answer, is known as one.
  messageId: `<${mail.id}@${new URL(publicUrl).hostname}>`,
  headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' },
  disableFileAccess: true,
  disableUrlAccess: true,
})

const isLocal = (host: string) => ['localhost', '127.0.0.1', '[::1]'].includes(host)
const bySmtp = ({ smtpUrl, from }: MailSettings & { smtpUrl: string }, publicUrl: string): Post => {
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
      await transport.sendMail(message(mail, from, publicUrl))
      return 'sent_at'
    },
    close: () => transport.close(),
  }
}

const toFiles = ({ from, folder }: MailSettings & { folder: string }, publicUrl: string): Post => {
  const transport = nodemailer.createTransport({ streamTransport: true, buffer: true, newline: 'unix' })
  return {
    hand: async mail => {
      const made = await transport.sendMail(message(mail, from, publicUrl))
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

export const openPost = (mail: MailSettings, publicUrl: string): Post =>
  mail.smtpUrl === undefined ? toFiles(mail, publicUrl) : bySmtp(mail, publicUrl)
