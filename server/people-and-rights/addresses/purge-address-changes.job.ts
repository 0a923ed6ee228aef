import { sql } from 'kysely'
import { type JobsOf, jobInSteps } from '../../platform/job.ts'

/** Changes of address are forgotten a month after they were settled, or lapsed. */
export const purgeAddressChangesNightly = jobInSteps('purge-address-changes', {
  cron: '45 3 * * *',
  run: async ({ within, log }) => {
    const row = await within(({ db }) =>
      db.first(sql<{ purged: number }>`select ctx.purge_address_changes() as purged`),
    )
    log.info(`changes of address forgotten: ${row!.purged}`)
  },
})

export const jobs: JobsOf = () => [purgeAddressChangesNightly]
