import { sql } from 'kysely'
import { type JobsOf, jobInSteps, type Steps } from '../../platform/job.ts'

const first = '00000000-0000-0000-0000-000000000000'

/**
 * Freezes each month whose day has come (IND-6), some accounts at a time, each batch kept before the next. What is
 * already frozen is left: a run that was cut is taken up by the next one. Answers the months that it ended.
 */
export const freezeFigures = async (
  { within, signal }: Pick<Steps, 'within'> & Partial<Pick<Steps, 'signal'>>,
  batch = 200,
): Promise<readonly string[]> => {
  const due = await within(({ db }) =>
    db.all(sql<{ month: string }>`select month from ctx.months_to_freeze() as month`),
  )
  const ended: string[] = []
  for (const { month } of due) {
    for (let after: string | null = first; after !== null; ) {
      if (signal?.aborted) return ended
      const from: string = after
      const step = await within(({ db }) =>
        db.first(
          sql<{ seen: string | null }>`select ctx.freeze_figures(${month}::date, ${from}::uuid, ${batch}) as seen`,
        ),
      )
      after = step!.seen
    }
    ended.push(month)
  }
  return ended
}

/** Every night; it does nothing but on the day after a month's term. */
export const freezeFiguresNightly = jobInSteps('freeze-figures', {
  cron: '20 4 * * *',
  run: async ({ within, log, signal }) => {
    const months = await freezeFigures({ within, signal })
    if (months.length > 0) log.info(`months whose figures were frozen: ${months.join(', ')}`)
  },
})

export const jobs: JobsOf = () => [freezeFiguresNightly]
