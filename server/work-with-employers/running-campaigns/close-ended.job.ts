import { sql } from 'kysely'
import { tellPerson } from '../../notifications/tell.ts'
import { type JobsOf, jobInSteps, type Work } from '../../platform/job.ts'
import { type Closing, closingMail } from './running-campaigns.mails.ts'

/** Tells who answers for campaigns that will close by themselves. Says how many campaigns. */
export const announceClosings = async (work: Work, afterDays: number): Promise<number> => {
  const closings = await work.db.all(
    sql<Closing>`select campaign_id, campaign_name, ends_on, closes_on, account_id
      from ctx.announce_closings(${work.now}::timestamptz, ${afterDays}::int)`,
  )
  const mails = closings.flatMap(closing => (closing.accountId ? [closingMail(closing, closing.accountId)] : []))
  for (const mail of mails) await tellPerson(work.db, mail, work)
  return new Set(closings.map(({ campaignId }) => campaignId)).size
}

export const closeEnded = async ({ db, now }: Work): Promise<number> =>
  (await db.first(sql<{ closed: number }>`select ctx.close_ended_campaigns(${now}::timestamptz) as closed`))!.closed

/** Every night, so many days after a campaign's last one (CAM-15). */
export const closeEndedNightly = (afterDays: number) =>
  jobInSteps('close-ended-campaigns', {
    cron: '50 3 * * *',
    run: async ({ within, log }) => {
      const announced = await within(work => announceClosings(work, afterDays))
      log.info(`closings announced: ${announced}; campaigns closed: ${await within(closeEnded)}`)
    },
  })

export const jobs: JobsOf = ({ campaignClosesAfterDays }) => [closeEndedNightly(campaignClosesAfterDays)]
