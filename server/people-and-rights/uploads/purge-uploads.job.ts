import { sql } from 'kysely'
import { type JobsOf, jobInSteps } from '../../platform/job.ts'

/** A file that no act kept within a day is forgotten. */
export const purgeUploads = jobInSteps('purge-uploads', {
  cron: '25 * * * *',
  run: async ({ within, log }) => {
    const row = await within(({ db }) => db.first(sql<{ purged: number }>`select ctx.purge_uploads() as purged`))
    log.info(`files that no act kept: ${row!.purged}`)
  },
})

export const jobs: JobsOf = () => [purgeUploads]
