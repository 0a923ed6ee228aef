import { sql } from 'kysely'
import { tellPerson } from '../../notifications/tell.ts'
import { type JobsOf, job, type Work } from '../../platform/job.ts'
import { type Due, dueMail } from './awareness.mails.ts'

/**
 * SEC-4: a month after one's account is made, a month before a year has passed, then once it has; once each for one due
 * date. Says how many were told.
 */
export const remindAwareness = async (work: Work): Promise<number> => {
  // One run at a time: what the other has told is read after it.
  await work.db.run(sql`select pg_advisory_xact_lock(hashtextextended('remind-awareness', 0))`)
  const due = await work.db.all(
    sql<Due>`select account_id, due_on, late, first
      from ctx.awareness_to_remind()`,
  )
  for (const one of due) await tellPerson(work.db, dueMail(one), work)
  return due.length
}

export const remindAwarenessNightly = job('remind-awareness', {
  cron: '0 5 * * *',
  run: async ({ log, ...work }) => {
    const told = await remindAwareness(work)
    if (told > 0) log.info(`security awareness, people reminded: ${told}`)
  },
})

export const jobs: JobsOf = () => [remindAwarenessNightly]
