import { sql } from 'kysely'
import { type Job, type JobsOf, jobInSteps } from '../../platform/job.ts'

/** Month after month, each in its transaction: a month of the country is millions of lines. */
export const dropHiringLines = (keptMonths: number): Job =>
  jobInSteps('drop-hiring-lines', {
    cron: '10 2 * * *',
    run: async ({ within, log, signal }) => {
      const dropNext = () =>
        within(({ db }) =>
          db.first(sql<{ month: string | null }>`select ctx.drop_hiring_month(${keptMonths})::text as month`),
        )
      for (let dropped = await dropNext(); dropped?.month && !signal?.aborted; dropped = await dropNext())
        log.info(`lines of hiring declarations dropped: ${dropped.month}`)
      const row = await within(({ db }) =>
        db.first(sql<{ forgotten: number }>`select ctx.forget_hiring_rejects() as forgotten`),
      )
      log.info(`rejects of hiring declarations forgotten: ${row!.forgotten}`)
    },
  })

export const jobs: JobsOf = ({ hiringLineMonths }) => [dropHiringLines(hiringLineMonths)]
