import pg from 'pg'
import type { SireneSettings } from '../platform/config.ts'
import { type Job, job } from '../platform/job.ts'
import { parisDay, systemClock } from '../platform/time.ts'
import { lookUpProvisional } from './look-up-provisional.ts'
import { sireneApi } from './sirene-api.ts'

/** Every minute: most find nothing to ask, and open no connection to INSEE. */
export const lookUpProvisionalEveryMinute = (workerDatabaseUrl: string, sirene: SireneSettings): Job => job('look-up-provisional', {
  cron: '* * * * *',
  run: async (_payload, { logger, abortSignal }) => {
    // Its own connection: the temporary tables end with it.
    const client = new pg.Client({ connectionString: workerDatabaseUrl, application_name: 'campagnes-look-up' })
    client.on('error', () => {}) // a lost connection fails the statement that was running
    await client.connect()
    try {
      const { asked, found } = await lookUpProvisional(client, sireneApi(sirene, { signal: abortSignal }), parisDay(systemClock()))
      if (asked) logger.info(`provisional establishments looked up: ${asked}, found: ${found}`)
    } finally {
      await client.end().catch(() => {})
    }
  },
})
