import { sql } from 'kysely'
import { type Notice, tellRoles } from '../../notifications/tell.ts'
import { dayInWords } from '../../platform/french.ts'
import { type JobsOf, job, type Work } from '../../platform/job.ts'
import { parisDay } from '../../platform/time.ts'

interface Ended {
  readonly conventionId: string
  readonly organisationId: string
  readonly regionId: number
  readonly number: string
  readonly name: string
  readonly endedAt: Date
}
/** What ends at 24:00 ends on that day. */
const lastDay = (endedAt: Date) => dayInWords(parisDay(new Date(endedAt.getTime() - 1)))
const endedNotice = ({ conventionId, number, name, endedAt }: Ended): Notice => ({
  kind: 'convention-ended',
  subject: 'Une convention a pris fin',
  path: `/conventions/${conventionId}`,
  about: ['convention', conventionId],
  text: [
    `La convention n° ${number} de la structure « ${name} » a pris fin le ${lastDay(endedAt)}. Depuis cet instant, les habilitations qui en dépendaient n’ouvrent plus rien.`,
    'Rien n’est effacé : les échanges et les documents restent, chacun sous les règles qui le protègent. Ce que chacun a appris par ce service reste confidentiel, sans limite de durée.',
    'Le travail en cours de la structure peut être repris par les autres membres des campagnes.',
  ].join('\n\n'),
})

/** AGR-4: both parties are told that their convention has ended, once. Says how many. */
export const tellEnded = async (work: Work): Promise<number> => {
  const { db } = work
  // One run at a time: what the other has told is read after it.
  const { at } = (await db.first(
    sql<{ at: Date }>`select ctx.clock() as at from pg_advisory_xact_lock(hashtextextended('convention-ended', 0))`,
  ))!
  const ended = await db.all(
    sql<Ended>`select convention_id, organisation_id, region_id, number, name, ended_at
      from ctx.ended_untold(${at}::timestamptz)`,
  )
  for (const one of ended)
    await tellRoles(db, { organisationId: one.organisationId, regionId: one.regionId }, endedNotice(one), {
      ...work,
      now: at,
    })
  return ended.length
}

export const tellEndedHourly = job('tell-ended-conventions', {
  cron: '5 * * * *',
  run: async ({ log, ...work }) => log.info(`conventions that ended, told: ${await tellEnded(work)}`),
})

export const jobs: JobsOf = () => [tellEndedHourly]
