import { sql } from 'kysely'
import { type JobsOf, jobInSteps, type Steps } from '../../platform/job.ts'

/** A batch at a time, each kept before the next: a crash loses one. Answers how many months of campaigns were made. */
export const keepReachedSets = async (
  { within, signal }: Pick<Steps, 'within'> & Partial<Pick<Steps, 'signal'>>,
  batch = 500,
): Promise<number> => {
  for (let all = 0; ; ) {
    if (signal?.aborted) return all
    const { made } = await within(
      async ({ db }) => (await db.first(sql<{ made: number }>`select ctx.keep_reached_sets(${batch}) as made`))!,
    )
    all += made
    if (made < batch) return all
  }
}

/**
 * Every quarter of an hour: the sets of establishments that IND-4 adds up (docs/indicators.md). Figures are exact
 * without them, only slower: what changed since is read from the exchanges.
 */
export const keepReachedSetsOften = jobInSteps('keep-reached-sets', {
  cron: '*/15 * * * *',
  run: async ({ within, log, signal }) => {
    const made = await keepReachedSets({ within, signal })
    if (made) log.info(`months of campaigns whose establishments were gathered: ${made}`)
  },
})

export const jobs: JobsOf = () => [keepReachedSetsOften]
