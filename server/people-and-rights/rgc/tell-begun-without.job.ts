import { sql } from 'kysely'
import type { RgcTerm } from '../../../contract/people-and-rights/rgc.ts'
import { tellRoles } from '../../notifications/tell.ts'
import { type JobsOf, job, type Work } from '../../platform/job.ts'
import { gateShutNotice, nobodyLeftNotice } from './notices.ts'

/**
 * RGC-8: a convention that begins with nobody to manage the accounts is told to both sides, once. Says how many
 * structures.
 */
export const tellBegunWithout = async (work: Work): Promise<number> => {
  const { db } = work
  // One run at a time: what the other has told is read after it.
  const { at } = (await db.first(
    sql<{ at: Date }>`select ctx.clock() as at from pg_advisory_xact_lock(hashtextextended('begun-without-rgc', 0))`,
  ))!
  const begun = await db.all(
    sql<{ organisationId: string; name: string }>`select organisation_id, name
      from ctx.begun_without_rgc(${at}::timestamptz)`,
  )
  for (const { organisationId, name } of begun)
    await tellRoles(db, { organisationId }, nobodyLeftNotice({ id: organisationId, name }, 'begins', at, at), {
      ...work,
      now: at,
    })
  return begun.length
}

export const tellBegunWithoutDaily = job('tell-begun-without-rgc', {
  cron: '25 5 * * *',
  run: async ({ log, ...work }) =>
    log.info(`conventions begun without an account manager, told: ${await tellBegunWithout(work)}`),
})

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

export const jobs: JobsOf = ({ rgcGateDays }) => [tellBegunWithoutDaily, tellGatesShutDaily(rgcGateDays)]
