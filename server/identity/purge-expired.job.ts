import { job } from '../platform/job.ts'

/** Every night: sessions long over, and the replies kept under idempotency keys for a day. */
export const purgeExpired = job('purge-expired', {
  cron: '15 3 * * *',
  run: async (_payload, { withPgClient, logger }) => {
    const { rows } = await withPgClient(client => client.query<{ purged: unknown }>('select ctx.purge_expired() as purged'))
    logger.info(`purged ${JSON.stringify(rows[0]?.purged)}`)
  },
})
