import { type Job, type JobsOf, job, jobInSteps, type Steps, type Work } from '../platform/job.ts'
import { failureCode, isForGood } from './mail-text-rules.ts'
import { noteFailure, purgeMails, requeueMails, settleMail, takeMail } from './mails.queries.ts'
import { openPost, type Post } from './post.ts'
import { unsubscribeAddresses } from './unsubscribe-addresses.ts'

/** What became of one mail is written; what keeps it from leaving for now is answered. */
const hand = async ({ db }: Work, post: Post, mailId: string): Promise<string | undefined> => {
  const mail = await takeMail(db, mailId)
  if (!mail) return undefined
  if (mail.address === null) {
    await settleMail(db, mailId, 'failed_at', 'no-address')
    return undefined
  }
  const outcome = await post.hand({ ...mail, address: mail.address }).catch(failureCode)
  if (outcome === 'sent_at' || outcome === 'kept_at') await settleMail(db, mailId, outcome, null)
  else if (isForGood(outcome)) await settleMail(db, mailId, 'failed_at', outcome)
  else {
    await noteFailure(db, mailId, outcome)
    return outcome
  }
  return undefined
}

/**
 * Sends one mail under the lock of its row, until the outcome is written: two workers never send the same one.
 * A crash between the server's answer and our commit sends it again, with the same Message-ID: SMTP knows no better.
 * A failure is written, then thrown: the queue tries again later.
 */
export const sendMail = async (within: Steps['within'], post: Post, mailId: string): Promise<void> => {
  const failure = await within(work => hand(work, post, mailId))
  if (failure !== undefined) throw new Error(`mail not sent: ${failure}`) // the queue keeps this sentence and logs it: a code, no address
}

export const sendMailJob = (post: Post): Job =>
  jobInSteps('send-mail', {
    run: ({ payload, within }) => sendMail(within, post, (payload as { mailId: string }).mailId),
  })

/** Every five minutes: mails without a job, written before the queue stood. */
export const sweepMails = job('sweep-mails', {
  cron: '*/5 * * * *',
  run: async ({ db, log }) => {
    const found = await requeueMails(db)
    if (found > 0) log.info(`mails queued again: ${found}`)
  },
})

/** Every night: what was written in mails that left thirty days ago. */
export const purgeMailsNightly = job('purge-mails', {
  cron: '35 3 * * *',
  run: async ({ db, log }) => log.info(`purged ${await purgeMails(db)} mails`),
})

export const jobs: JobsOf = ({ mail, publicUrl, keys }) => [
  ...(mail ? [sendMailJob(openPost(mail, { publicUrl, unsubscribes: unsubscribeAddresses(keys, publicUrl) }))] : []),
  sweepMails,
  purgeMailsNightly,
]
