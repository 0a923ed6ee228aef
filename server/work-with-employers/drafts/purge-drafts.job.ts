import { sql } from 'kysely'
import { type JobsOf, job } from '../../platform/job.ts'

/** Every night: drafts without a word for seven days (contract/work-with-employers/drafts.ts, draftDays). */
export const purgeDrafts = job('purge-drafts', {
  cron: '25 3 * * *',
  run: async ({ db, log }) => {
    const { purged } = (await db.first(sql<{ purged: number }>`select ctx.purge_drafts() as purged`))!
    log.info(`purged ${purged} drafts`)
  },
})

export const jobs: JobsOf = () => [purgeDrafts]
