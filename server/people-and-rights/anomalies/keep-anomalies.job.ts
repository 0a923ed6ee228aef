import type pg from 'pg'
import { dbOver } from '../../platform/database.ts'
import { job } from '../../platform/job.ts'
import { parisDay, systemClock } from '../../platform/time.ts'
import { reconcile } from '../judging/judge.ts'
import { accountsToJudge, readerOfAll, type Written, writeRows } from '../judging/judging.queries.ts'

/**
 * Writes the anomalies that opened and those that are corrected, every account in turn, each batch in a transaction of
 * its own: cut short, it starts again and finds written what was. Nothing waits for it: pages judge for themselves
 * (ACC-14).
 */
export const keepAnomalies = async (
  client: pg.ClientBase,
  now: Date,
  { batch = 500, stop = () => false }: { batch?: number; stop?: () => boolean } = {},
): Promise<Written> => {
  const db = dbOver(client)
  const total = { opened: 0, corrected: 0 }
  let after: string | null = null
  while (!stop()) {
    await client.query('begin')
    try {
      const ids: readonly string[] = await accountsToJudge(db, after, batch)
      const { opened, corrected } = await reconcile(readerOfAll(db, ids), { now, today: parisDay(now) })
      const kept = await writeRows(db, opened, corrected)
      await client.query('commit')
      total.opened += kept.opened
      total.corrected += kept.corrected
      if (ids.length < batch) break
      after = ids.at(-1)!
    } catch (error) {
      await client.query('rollback')
      throw error
    }
  }
  return total
}

export const keepAnomaliesDaily = job('keep-anomalies', {
  cron: '20 23 * * *', // twenty past midnight in Paris in winter, past one in summer: the day has changed
  run: async (_payload, { withPgClient, logger, abortSignal }) => {
    const { opened, corrected } = await withPgClient(client =>
      keepAnomalies(client, systemClock(), { stop: () => abortSignal?.aborted ?? false }),
    )
    logger.info(`anomalies of access: ${opened} opened, ${corrected} corrected`)
  },
})
