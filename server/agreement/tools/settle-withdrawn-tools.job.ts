import { type JobsOf, job } from '../../platform/job.ts'
import { settleWithdrawnTools } from './annex.queries.ts'

/** Every ten minutes: the end of the grants of tools that have left annex 4. They open nothing meanwhile. */
export const settleWithdrawnToolsOften = job('settle-withdrawn-tools', {
  cron: '*/10 * * * *',
  run: async ({ db, log }) => {
    const ended = await settleWithdrawnTools(db)
    if (ended > 0) log.info(`grants ended with their tool: ${ended}`)
  },
})

export const jobs: JobsOf = () => [settleWithdrawnToolsOften]
