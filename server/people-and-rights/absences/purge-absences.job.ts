import { sql } from 'kysely'
import { type JobsOf, jobInSteps } from '../../platform/job.ts'

/** Absences are forgotten a year after they are over. */
export const purgeAbsencesNightly = jobInSteps('purge-absences', {
  cron: '40 3 * * *',
  run: async ({ within, log }) => {
    const row = await within(({ db }) => db.first(sql<{ purged: number }>`select ctx.purge_absences() as purged`))
    log.info(`absences forgotten: ${row!.purged}`)
  },
})

export const jobs: JobsOf = () => [purgeAbsencesNightly]
