import { sql } from 'kysely'
import { type JobsOf, job } from '../../platform/job.ts'

export const purgeEmployerFiles = job('purge-employer-files', {
  cron: '40 3 * * *',
  run: async ({ db, log }) => {
    const { purged } = (await db.first(sql<{ purged: number }>`select ctx.purge_employer_files() as purged`))!
    log.info(`purged ${purged} files of employers or rows`)
  },
})

export const jobs: JobsOf = () => [purgeEmployerFiles]
