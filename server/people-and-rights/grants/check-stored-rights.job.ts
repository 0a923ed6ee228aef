import { sql } from 'kysely'
import { Gauge } from 'prom-client'
import { type JobsOf, job } from '../../platform/job.ts'
import { metrics } from '../../platform/telemetry.ts'

const differing = new Gauge({
  name: 'stored_rights_different',
  help: 'Kept rights that differed from the rule at the last nightly check',
  registers: [metrics],
})

/**
 * Every night: what is kept of rights, compared with the rule (docs/decisions/0013). A difference is a fault of ours:
 * it is counted, told in the log, and put right.
 */
export const checkStoredRights = job('check-stored-rights', {
  cron: '45 2 * * *',
  run: async ({ db, log }) => {
    const { compared, different } = (await db.first(
      sql<{ compared: number; different: number }>`select compared, different from ctx.check_stored_rights()`,
    ))!
    differing.set(different)
    if (different > 0) log.warn(`rights kept that differ from the rule: ${different} of ${compared}; made again`)
    else log.info(`rights kept, compared with the rule: ${compared}`)
  },
})

export const jobs: JobsOf = () => [checkStoredRights]
