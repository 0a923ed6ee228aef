import { sql } from 'kysely'
import { type JobsOf, job } from '../../platform/job.ts'

/** Every night: holds that ended five years ago, with their reasons. */
export const purgeLegalHolds = job('purge-legal-holds', {
  cron: '55 3 * * *',
  run: async ({ db, log }) => {
    const { purged } = (await db.first(sql<{ purged: number }>`select ctx.purge_legal_holds() as purged`))!
    log.info(`legal holds forgotten: ${purged}`)
  },
})

export const jobs: JobsOf = () => [purgeLegalHolds]
