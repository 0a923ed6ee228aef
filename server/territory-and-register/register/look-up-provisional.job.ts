import type pg from 'pg'
import type { SireneSettings } from '../../platform/config.ts'
import { type Job, type JobsOf, jobAlone, onOwnConnection } from '../../platform/job.ts'
import { siretText } from '../../platform/siret.ts'
import { parisDay, systemClock } from '../../platform/time.ts'
import { noteLookUp, provisionalToLookUp } from '../establishments/provisional.queries.ts'
import { type SireneApi, sireneApi } from './sirene-api.ts'
import { lookUp } from './update-register.ts'

/** A minute of the API's pace, two requests each. */
const most = 12

/**
 * Asks API Sirene about the provisional cards that wait: at once, then once a day. What it publishes enters the
 * register, and confirms them. Says how many.
 */
export const lookUpProvisional = async (
  client: pg.ClientBase,
  api: SireneApi,
  today: string,
): Promise<{ asked: number; found: number }> => {
  let [asked, found] = [0, 0]
  for (const siret of await provisionalToLookUp(client, most)) {
    try {
      if (await lookUp(client, api, siretText(siret), today)) found += 1
    } finally {
      await noteLookUp(client, siret) // also when it failed: the others must not wait behind it
    }
    asked += 1
  }
  return { asked, found }
}

/** Every minute: most find nothing to ask, and open no connection to INSEE. */
export const lookUpProvisionalEveryMinute = (workerDatabaseUrl: string, sirene: SireneSettings): Job =>
  jobAlone('look-up-provisional', {
    cron: '* * * * *',
    run: async ({ log, signal }) => {
      const { asked, found } = await onOwnConnection(workerDatabaseUrl, 'campagnes-look-up', client =>
        lookUpProvisional(client, sireneApi(sirene, { signal }), parisDay(systemClock())),
      )
      if (asked) log.info(`provisional establishments looked up: ${asked}, found: ${found}`)
    },
  })

export const jobs: JobsOf = ({ workerDatabaseUrl, sirene }) =>
  sirene ? [lookUpProvisionalEveryMinute(workerDatabaseUrl, sirene)] : []
