import type pg from 'pg'
import { type Job, job } from '../platform/job.ts'
import { failureCode, isForGood } from './mail-text-rules.ts'
import { noteFailure, purgeMails, requeueMails, settleMail, takeMail } from './mails.queries.ts'
import type { Post } from './post.ts'

/**
 * One mail, under the lock of its row until what became of it is written: two workers do not send it both. Dying after
 * the server took it and before that is committed sends it again, with the same Message-ID: SMTP knows no better. A
 * failure is written, and thrown for the queue to try again later.
 */
export const sendMail = async (client: pg.ClientBase, post: Post, mailId: string): Promise<void> => {
  let failure: string | undefined
  await client.query('begin')
  try {
    const mail = await takeMail(client, mailId)
    if (mail && mail.address === null) await settleMail(client, mailId, 'failed_at', 'no-address')
    else if (mail) {
      const outcome = await post.hand({ ...mail, address: mail.address! }).catch(failureCode)
      if (outcome === 'sent_at' || outcome === 'kept_at') await settleMail(client, mailId, outcome, null)
      else if (isForGood(outcome)) await settleMail(client, mailId, 'failed_at', outcome)
      else {
        failure = outcome
        await noteFailure(client, mailId, outcome)
      }
    }
    await client.query('commit')
  } catch (error) {
    await client.query('rollback')
    throw error
  }
  if (failure !== undefined) throw new Error(`mail not sent: ${failure}`) // the queue keeps this sentence and logs it: a code, no address
}

export const sendMailJob = (post: Post): Job =>
  job('send-mail', {
    run: (payload, { withPgClient }) =>
      withPgClient(client => sendMail(client, post, (payload as { mailId: string }).mailId)),
  })

/** Every five minutes: mails without a job, written before the queue stood. */
export const sweepMails = job('sweep-mails', {
  cron: '*/5 * * * *',
  run: async (_payload, { withPgClient, logger }) => {
    const found = await withPgClient(requeueMails)
    if (found > 0) logger.info(`mails queued again: ${found}`)
  },
})

/** Every night: what was written in mails that left thirty days ago. */
export const purgeMailsNightly = job('purge-mails', {
  cron: '35 3 * * *',
  run: async (_payload, { withPgClient, logger }) => logger.info(`purged ${await withPgClient(purgeMails)} mails`),
})
