import { sql } from 'kysely'
import { type JobsOf, job } from '../../platform/job.ts'

/** Every night: the lines that imports set aside a month ago. */
export const forgetServiceRejects = job('forget-service-rejects', {
  cron: '20 2 * * *',
  run: async ({ db, log }) => {
    const row = await db.first(sql<{ forgotten: number }>`select ctx.forget_service_rejects() as forgotten`)
    log.info(`rejects of services forgotten: ${row!.forgotten}`)
  },
})

export const jobs: JobsOf = () => [forgetServiceRejects]
