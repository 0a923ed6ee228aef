import { sql } from 'kysely'
import { type JobsOf, job } from '../../platform/job.ts'

/** Every night: how next actions stood before they were handed over, a day ago or more. */
export const forgetHandings = job('forget-handings', {
  cron: '45 3 * * *',
  run: async ({ db, log }) => {
    const { forgotten } = (await db.first(sql<{ forgotten: number }>`select ctx.forget_handings() as forgotten`))!
    log.info(`handings forgotten: ${forgotten}`)
  },
})

export const jobs: JobsOf = () => [forgetHandings]
