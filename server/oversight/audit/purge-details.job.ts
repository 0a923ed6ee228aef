import type pg from 'pg'
import { type Job, job } from '../../platform/job.ts'

/**
 * A few thousand at a time, each told in the trail by the database and kept before the next: what a crash leaves is for
 * the next night.
 */
export const purgeTrailDetails = async (client: pg.ClientBase, months: number, batch = 5_000): Promise<number> => {
  for (let all = 0; ; ) {
    const { rows } = await client.query<{ purged: number }>('select ctx.purge_trail_details($1, $2) as purged', [
      months,
      batch,
    ])
    const { purged } = rows[0]!
    all += purged
    if (purged < batch) return all
  }
}

/**
 * Every night: what entries of the trail said in detail, after its retention (PRI-4). The entries stay, and verify
 * without it.
 */
export const purgeTrailDetailsNightly = (months: number): Job =>
  job('purge-trail-details', {
    cron: '20 2 * * *',
    run: async (_payload, { withPgClient, logger }) =>
      logger.info(`details of the trail purged: ${await withPgClient(client => purgeTrailDetails(client, months))}`),
  })
