import { sql } from 'kysely'
import { type Job, type JobsOf, jobInSteps, type Steps } from '../../platform/job.ts'

/**
 * Purges a few thousand at a time. The database tells each batch in the trail, and keeps it before the next.
 * The next night goes on after a crash.
 */
export const purgeTrailDetails = async (within: Steps['within'], months: number, batch = 5_000): Promise<number> => {
  for (let all = 0; ; ) {
    const { purged } = await within(
      async ({ db }) =>
        (await db.first(sql<{ purged: number }>`select ctx.purge_trail_details(${months}, ${batch}) as purged`))!,
    )
    all += purged
    if (purged < batch) return all
  }
}

/**
 * Every night: what entries of the trail said in detail, after its retention (PRI-4). The entries stay, and verify
 * without it.
 */
export const purgeTrailDetailsNightly = (months: number): Job =>
  jobInSteps('purge-trail-details', {
    cron: '20 2 * * *',
    run: async ({ within, log }) => log.info(`details of the trail purged: ${await purgeTrailDetails(within, months)}`),
  })

export const jobs: JobsOf = ({ trailDetailMonths }) => [purgeTrailDetailsNightly(trailDetailMonths)]
