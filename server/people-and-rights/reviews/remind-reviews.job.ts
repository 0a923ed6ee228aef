import { sql } from 'kysely'
import { tellRoles } from '../../notifications/tell.ts'
import { type JobsOf, job, type Work } from '../../platform/job.ts'
import { type Reminder, reminderNotice } from './reviews.mails.ts'

/**
 * Reminds of reviews that fall due or are late (ACC-8): each moment once, even when a night was missed.
 * The reminder and its mails are written together.
 */
export const remindReviews = async (work: Work): Promise<number> => {
  const due = await work.db.all(
    sql<Reminder>`select organisation_name, to_char(due_on, 'YYYY-MM-DD') as due_on, kind, organisation_id
      from ctx.review_reminders(${work.now}::timestamptz)`,
  )
  for (const reminder of due)
    await tellRoles(work.db, { organisationId: reminder.organisationId }, reminderNotice(reminder), work)
  return due.length
}

export const remindReviewsDaily = job('remind-reviews', {
  cron: '10 5 * * *',
  run: async ({ log, ...work }) => log.info(`reminders of reviews: ${await remindReviews(work)}`),
})

export const jobs: JobsOf = () => [remindReviewsDaily]
