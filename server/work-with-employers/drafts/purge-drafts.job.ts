import { job } from '../../platform/job.ts'

/** Every night: drafts without a word for seven days (contract/work-with-employers/drafts.ts, draftDays). */
export const purgeDrafts = job('purge-drafts', {
  cron: '25 3 * * *',
  run: async (_payload, { withPgClient, logger }) => {
    const { rows } = await withPgClient(client =>
      client.query<{ purged: number }>('select ctx.purge_drafts() as purged'),
    )
    logger.info(`purged ${rows[0]?.purged ?? 0} drafts`)
  },
})
