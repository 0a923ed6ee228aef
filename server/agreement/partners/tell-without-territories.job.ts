import { sql } from 'kysely'
import { type Notice, tellRoles } from '../../notifications/tell.ts'
import { type JobsOf, job, type Work } from '../../platform/job.ts'

interface Without {
  readonly conventionId: string
  readonly organisationId: string
  readonly regionId: number
  readonly number: string
  readonly name: string
  /** Else it is at signature. */
  readonly begun: boolean
}
const withoutNotice = ({ conventionId, number, name, begun }: Without): Notice => ({
  kind: 'structure-without-territories',
  subject: 'Une structure n’a aucun territoire',
  path: `/conventions/${conventionId}`,
  about: ['convention', conventionId],
  text: [
    `La convention n° ${number} de la structure « ${name} » est ${begun ? 'en vigueur' : 'aux signatures'}, et cette structure n’a aucun territoire.`,
    'Tant que vous ne les avez pas réglés, aucune habilitation ne peut y être donnée, et celles qui le sont déjà n’ouvrent rien : « Régler les territoires », sur la page de la convention, ou par un avenant si la structure y en a déjà eu.',
  ].join('\n\n'),
})

/** ACC-15: what a structure without a territory waits for is told to its regional direction. Says how many. */
export const tellWithoutTerritories = async (work: Work): Promise<number> => {
  const { db } = work
  // One run at a time: what the other has told is read after it.
  const { at } = (await db.first(
    sql<{ at: Date }>`select ctx.clock() as at from pg_advisory_xact_lock(hashtextextended('without-territories', 0))`,
  ))!
  const without = await db.all(
    sql<Without>`select convention_id, organisation_id, region_id, number, name, begun
      from ctx.without_territories_untold(${at}::timestamptz)`,
  )
  let said = 0
  for (const one of without) {
    const concerned = { organisationId: one.organisationId, regionId: one.regionId }
    const { mails } = await tellRoles(db, concerned, withoutNotice(one), { ...work, now: at })
    said += Number(mails > 0)
  }
  return said
}

export const tellWithoutTerritoriesHourly = job('tell-without-territories', {
  cron: '10 * * * *',
  run: async ({ log, ...work }) =>
    log.info(`structures without a territory, told: ${await tellWithoutTerritories(work)}`),
})

export const jobs: JobsOf = () => [tellWithoutTerritoriesHourly]
