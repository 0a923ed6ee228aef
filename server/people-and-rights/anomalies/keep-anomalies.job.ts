import { type JobsOf, jobInSteps, type Steps } from '../../platform/job.ts'
import { parisDay } from '../../platform/time.ts'
import { accountsToJudge, readerOfAll, type Written, writeRows } from './judge.queries.ts'
import { reconcile } from './judge.ts'

/**
 * Writes the opened and the corrected anomalies, account after account, each batch in a transaction of its own.
 * After a cut, the next run finds the rows already written. Pages never wait for it: they judge for themselves
 * (ACC-14).
 */
export const keepAnomalies = async (
  within: Steps['within'],
  { batch = 500, stop = () => false }: { batch?: number; stop?: () => boolean } = {},
): Promise<Written> => {
  const total = { opened: 0, corrected: 0 }
  let after: string | null = null
  while (!stop()) {
    const from: string | null = after
    const { last, kept } = await within(async ({ db, now }) => {
      const ids = await accountsToJudge(db, from, batch)
      const { opened, corrected } = await reconcile(readerOfAll(db, ids), { now, today: parisDay(now) })
      return { last: ids.length < batch ? null : ids.at(-1)!, kept: await writeRows(db, opened, corrected) }
    })
    total.opened += kept.opened
    total.corrected += kept.corrected
    if (last === null) break
    after = last
  }
  return total
}

export const keepAnomaliesDaily = jobInSteps('keep-anomalies', {
  cron: '20 23 * * *', // twenty past midnight in Paris in winter, past one in summer: the day has changed
  run: async ({ within, log, signal }) => {
    const { opened, corrected } = await keepAnomalies(within, { stop: () => signal?.aborted ?? false })
    log.info(`anomalies of access: ${opened} opened, ${corrected} corrected`)
  },
})

export const jobs: JobsOf = () => [keepAnomaliesDaily]
