import { sql } from 'kysely'
import type { RgcTerm } from '../../../contract/people-and-rights/rgc.ts'
import { tellRoles } from '../../notifications/tell.ts'
import { type JobsOf, job, type Work } from '../../platform/job.ts'
import { gateShutNotice } from './notices.ts'

/**
 * RGC-8: account managers designated and unable to act for so many days: both sides and the regional direction are told,
 * once a convention. Says how many structures.
 */
export const tellGatesShut =
  (days: number) =>
  async (work: Work): Promise<number> => {
    const { db } = work
    // One run at a time: what the other has told is read after it.
    const { at } = (await db.first(
      sql<{ at: Date }>`select ctx.clock() as at from pg_advisory_xact_lock(hashtextextended('gates-shut', 0))`,
    ))!
    const shut = await db.all(
      sql<{ id: string; name: string; missing: RgcTerm[] }>`select organisation_id as id, name, missing
        from ctx.gates_shut(${days}::int, ${at}::timestamptz)`,
    )
    for (const { missing, ...structure } of shut)
      await tellRoles(db, { organisationId: structure.id }, gateShutNotice(structure, missing, days), {
        ...work,
        now: at,
      })
    return shut.length
  }

const tellGatesShutDaily = (days: number) =>
  job('tell-gates-shut', {
    cron: '35 5 * * *',
    run: async ({ log, ...work }) =>
      log.info(`account managers designated and unable to act, told: ${await tellGatesShut(days)(work)}`),
  })

export const jobs: JobsOf = ({ rgcGateDays }) => [tellGatesShutDaily(rgcGateDays)]
