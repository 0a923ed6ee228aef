import { sql } from 'kysely'
import { type JobsOf, jobInSteps, type Work } from '../../platform/job.ts'

/** An address that no program reads any more, or whose person has left, ends by itself. Says how many did. */
export const lapseCalendars = async ({ db }: Work): Promise<number> =>
  (await db.first(sql<{ lapsed: number }>`select ctx.lapse_calendar_feeds() as lapsed`))!.lapsed

const lapseCalendarsNightly = jobInSteps('lapse-calendars', {
  cron: '50 3 * * *',
  run: async ({ within, log }) => log.info(`calendar addresses lapsed: ${await within(lapseCalendars)}`),
})

export const jobs: JobsOf = () => [lapseCalendarsNightly]
