import pg from 'pg'
import { SMTPServer } from 'smtp-server'
import { within } from '../platform/job.ts'
import { keyRing } from '../platform/key-ring.ts'
import type { House } from '../testing/house.ts'
import { openPost, type Post } from './post.ts'
import { sendMail } from './send-mail.job.ts'
import { unsubscribeAddresses } from './unsubscribe-addresses.ts'

export interface ReceivedMail {
  readonly from: string
  readonly to: readonly string[]
  readonly subject: string
  readonly text: string
  readonly messageId: string
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>
}
export interface Mailbox {
  readonly url: string
  /** What was taken, oldest first. */
  readonly mails: ReceivedMail[]
  /** The post that the worker would open on this server. */
  readonly post: Post
  /** Answers the next mails so, one each: a code of SMTP. */
  refuse(...codes: number[]): void
  close(): Promise<void>
}

const bytesOf = (quoted: string) =>
  Buffer.from(
    quoted
      .replace(/=\r?\n/g, '')
      .replace(/=([0-9A-F]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    'latin1',
  )
const words = (header: string) =>
  header
    .replace(/\?=\s+=\?/g, '?==?')
    .replace(/=\?utf-8\?([QB])\?([^?]*)\?=/gi, (_, how: string, text: string) =>
      (how.toUpperCase() === 'B' ? Buffer.from(text, 'base64') : bytesOf(text.replaceAll('_', ' '))).toString('latin1'),
    )
/** Only what our own mails are made of: one part, of plain text. */
export const readMail = (raw: Buffer): Omit<ReceivedMail, 'to' | 'from'> => {
  const [head, ...rest] = raw.toString('latin1').replaceAll('\r\n', '\n').split('\n\n')
  const headers = Object.fromEntries(
    head!
      .replace(/\n[ \t]+/g, ' ')
      .split('\n')
      .map(line => [
        line.slice(0, line.indexOf(':')).toLowerCase(),
        Buffer.from(words(line.slice(line.indexOf(':') + 1).trim()), 'latin1').toString(),
      ]),
  )
  const body = rest.join('\n\n')
  const encoding = headers['content-transfer-encoding'] ?? '7bit'
  const text = (
    encoding === 'base64'
      ? Buffer.from(body, 'base64')
      : encoding === 'quoted-printable'
        ? bytesOf(body)
        : Buffer.from(body, 'latin1')
  )
    .toString()
    .trim()
  return { headers, subject: headers.subject ?? '', messageId: headers['message-id'] ?? '', text }
}

export const testUnsubscribes = (publicUrl = 'http://localhost') =>
  unsubscribeAddresses(keyRing(new Map([[1, Buffer.alloc(32, 7)]])), publicUrl)

/** A mail server on this machine that keeps what it is given. */
export const openMailbox = async (publicUrl = 'http://localhost'): Promise<Mailbox> => {
  const mails: ReceivedMail[] = []
  const refusals: number[] = []
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    disableReverseLookup: true,
    closeTimeout: 500, // a client that keeps its connection does not keep the test
    onRcptTo: (_address, _session, done) => {
      const code = refusals.shift()
      done(code === undefined ? null : Object.assign(new Error('refused'), { responseCode: code }))
    },
    onData: (stream, session, done) => {
      const parts: Buffer[] = []
      stream.on('data', (part: Buffer) => parts.push(part))
      stream.on('end', () => {
        const { mailFrom, rcptTo } = session.envelope
        mails.push({
          ...readMail(Buffer.concat(parts)),
          from: mailFrom ? mailFrom.address : '',
          to: rcptTo.map(r => r.address),
        })
        done()
      })
    },
  })
  server.on('error', () => {}) // a client that leaves in the middle
  await new Promise<void>(listening => server.listen(0, '127.0.0.1', listening))
  const { port } = server.server.address() as { port: number }
  const url = `smtp://127.0.0.1:${port}`
  const post = openPost(
    { smtpUrl: url, from: 'Campagnes coordonnées <ne-pas-repondre@campagnes.example>' },
    { publicUrl, unsubscribes: testUnsubscribes(publicUrl) },
  )
  return {
    url,
    mails,
    post,
    refuse: (...codes) => {
      refusals.push(...codes)
    },
    close: async () => {
      post.close()
      await new Promise<void>(closed => server.close(closed))
    },
  }
}

/**
 * Sends what waits in the outbox, as the worker does: one job a mail. Says what was received meanwhile; a mail that
 * could not leave waits for the next call.
 */
export const deliverMails = async (house: House, mailbox: Mailbox): Promise<ReceivedMail[]> => {
  const before = mailbox.mails.length
  const client = new pg.Client(house.urls.workerUrl)
  await client.connect()
  try {
    const { rows } = await client.query<{ id: string }>(
      'select id from mails where sent_at is null and failed_at is null and kept_at is null order by created_at, id',
    )
    for (const { id } of rows)
      await sendMail(within(client), mailbox.post, id).catch(error => {
        if (!/^mail not sent/.test(error.message)) throw error
      })
  } finally {
    await client.end()
  }
  return mailbox.mails.slice(before)
}
