import { type JobsOf, job, jobInSteps, type Steps, type Work } from '../platform/job.ts'
import { digestMail } from './digest.mails.ts'
import { digestLines, digestsUpTo } from './digest-rules.ts'
import { digestsDue, takeDigest } from './digests.queries.ts'
import { purgeNotifications } from './notifications.queries.ts'
import { tellPerson } from './tell.ts'

const part = 200

/** All that one person is told, and its mail, in one transaction: killed, nothing was told and no mail waits. */
export const tellDigest =
  (accountId: string) =>
  async (work: Work): Promise<boolean> => {
    const told = await takeDigest(work.db, accountId, digestsUpTo(work.now), work.now)
    if (told.length === 0) return false
    await tellPerson(work.db, digestMail(accountId, digestLines(told)), work)
    return true
  }

/** One mail for each who has something to be told, whatever it is. Says how many were written. */
export const sendDigests = async ({ within, signal }: Pick<Steps, 'within' | 'signal'>): Promise<number> => {
  let sent = 0
  for (let past: string | null = null; !signal?.aborted; ) {
    const due: string[] = await within(({ db, now }) => digestsDue(db, digestsUpTo(now), past, part))
    if (due.length === 0) break
    for (const accountId of due) if (!signal?.aborted && (await within(tellDigest(accountId)))) sent++
    past = due.at(-1)!
  }
  return sent
}

/** From six in the morning in Paris, summer and winter; what is due is told by the first run, and the next find nothing. */
const sendDigestsEachMorning = jobInSteps('send-digests', {
  cron: '5,35 4-8 * * 1-5',
  run: async steps => steps.log.info(`digests written: ${await sendDigests(steps)}`),
})

const purgeNotificationsNightly = job('purge-notifications', {
  cron: '40 3 * * *',
  run: async ({ db, log }) => log.info(`purged ${await purgeNotifications(db)} notifications`),
})

export const jobs: JobsOf = () => [sendDigestsEachMorning, purgeNotificationsNightly]
