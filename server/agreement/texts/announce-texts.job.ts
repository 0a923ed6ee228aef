import { sql } from 'kysely'
import { tellPerson } from '../../notifications/tell.ts'
import { type JobsOf, jobInSteps, type Work } from '../../platform/job.ts'
import { announcedMail, type ToAnnounce } from './texts.mails.ts'

/** Each part is one transaction: killed in the middle, the next run goes on with who was not told. */
const part = 500

/**
 * ACC-7: whoever a text to come will be asked of is told once, so many days before; once more if it is cancelled.
 * Says how many were told.
 */
export const announceTexts = async (work: Work, daysBefore: number, most = part): Promise<number> => {
  // One run at a time: what the other has told is read after it.
  await work.db.run(sql`select pg_advisory_xact_lock(hashtextextended('announce-texts', 0))`)
  const next = await work.db.all(
    sql<ToAnnounce>`select account_id, document_id, kind, tool, title, in_force_from, cancelled
      from ctx.texts_to_announce(${daysBefore}::int, ${most}::int)`,
  )
  for (const one of next) await tellPerson(work.db, announcedMail(one), work)
  return next.length
}

export const announceTextsNightly = (daysBefore: number) =>
  jobInSteps('announce-texts', {
    cron: '30 5 * * *',
    run: async ({ within, log, signal }) => {
      let told = 0
      for (let last = part; last === part && !signal?.aborted; told += last)
        last = await within(work => announceTexts(work, daysBefore))
      if (told > 0) log.info(`texts to come, people told: ${told}`)
    },
  })

export const jobs: JobsOf = ({ announcedDaysBefore }) => [announceTextsNightly(announcedDaysBefore)]
