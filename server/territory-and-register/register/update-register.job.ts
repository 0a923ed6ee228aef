import type { SireneSettings } from '../../platform/config.ts'
import { type Job, type JobsOf, jobAlone, onOwnConnection } from '../../platform/job.ts'
import { parisDay, systemClock } from '../../platform/time.ts'
import { sireneApi } from './sirene-api.ts'
import { updateRegister } from './update-register.ts'

/**
 * Every day but the first of the month, when INSEE makes the month's stock. A failure is tried again by the queue, and
 * goes on from the last page.
 */
export const updateRegisterDaily = (workerDatabaseUrl: string, sirene: SireneSettings): Job =>
  jobAlone('update-register', {
    cron: '30 4 2-31 * *',
    run: async ({ log, signal }) => {
      const counts = await onOwnConnection(workerDatabaseUrl, 'campagnes-register-updates', client =>
        updateRegister(client, sireneApi(sirene, { signal }), { today: parisDay(systemClock()) }),
      )
      log.info(
        `register updated ${JSON.stringify(counts.map(({ kind, read, rejected, became }) => ({ kind, read, rejected, became })))}`,
      )
    },
  })

export const jobs: JobsOf = ({ workerDatabaseUrl, sirene }) =>
  sirene ? [updateRegisterDaily(workerDatabaseUrl, sirene)] : []
