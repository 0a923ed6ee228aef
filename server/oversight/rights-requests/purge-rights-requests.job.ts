import { sql } from 'kysely'
import { type JobsOf, jobInSteps } from '../../platform/job.ts'

/** Requests of rights are deleted five years after their answer. */
export const purgeRightsRequestsNightly = jobInSteps('purge-rights-requests', {
  cron: '50 3 * * *',
  run: async ({ within, log }) => {
    const row = await within(({ db }) =>
      db.first(sql<{ purged: number }>`select ctx.purge_rights_requests() as purged`),
    )
    log.info(`requests of rights forgotten: ${row!.purged}`)
  },
})

export const jobs: JobsOf = () => [purgeRightsRequestsNightly]
