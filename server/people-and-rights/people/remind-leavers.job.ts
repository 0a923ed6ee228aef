import { sql } from 'kysely'
import { type JobsOf, jobInSteps, type Work } from '../../platform/job.ts'
import type { Leaver } from './leaver.mails.ts'
import { remindLeaver } from './remind-leaver.ts'

/** Each part is one transaction: killed in the middle, the next run goes on with who was not reminded. */
const part = 200

/**
 * PRI-7: the next people whose contract, or whose structure's last convention, has ended. Says how many; 0: everyone
 * was reminded.
 */
export const remindNextLeavers = async (work: Work, most = part): Promise<number> => {
  // One run at a time: who the other reminded is read after it.
  await work.db.run(sql`select pg_advisory_xact_lock(hashtextextended('remind-leavers', 0))`)
  const leavers = await work.db.all(
    sql<Omit<Leaver, 'to'>>`select account_id, cause, leaves_on from ctx.leavers_to_remind(${most})`,
  )
  for (const leaver of leavers) await remindLeaver(work.db, { ...leaver, to: { accountId: leaver.accountId } }, work)
  return leavers.length
}

export const remindLeaversHourly = jobInSteps('remind-leavers', {
  cron: '20 * * * *',
  run: async ({ log, within, signal }) => {
    let reminded = 0
    for (let next = 1; next > 0 && !signal?.aborted; reminded += next)
      next = await within(work => remindNextLeavers(work))
    if (reminded > 0) log.info(`leavers reminded that confidentiality has no end: ${reminded}`)
  },
})

export const jobs: JobsOf = () => [remindLeaversHourly]
