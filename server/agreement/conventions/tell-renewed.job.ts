import { sql } from 'kysely'
import { type Notice, tellRoles } from '../../notifications/tell.ts'
import { dayInWords } from '../../platform/french.ts'
import { type JobsOf, job, type Work } from '../../platform/job.ts'
import { addMonths, parisDay } from '../../platform/time.ts'
import { lastRenewal, type Renewal, type SettledTerm } from './renewal-rules.ts'

interface Renewable extends SettledTerm {
  readonly conventionId: string
  readonly organisationId: string
  readonly regionId: number
  readonly number: string
  readonly name: string
  readonly toldAt: Date | null
}
const renewedNotice = ({ conventionId, number, name }: Renewable, { at, endsOn }: Renewal): Notice => ({
  kind: 'convention-renewed',
  subject: 'Une convention est reconduite',
  path: `/conventions/${conventionId}`,
  about: ['convention', conventionId],
  text: [
    `La convention n° ${number} de la structure « ${name} » est reconduite pour trois mois depuis le ${dayInWords(parisDay(at))} : la période en cours va jusqu’au ${dayInWords(endsOn)} à 24 heures. Personne n’a rien à faire, et les habilitations continuent.`,
    'Aucune des parties n’a donné congé. Chacune peut le faire à tout moment : la convention prend alors fin un mois après la réception (article 10). Sinon, elle est de nouveau reconduite pour trois mois.',
  ].join('\n\n'),
})

/** AGR-4: both parties are told that their convention is renewed, once each time. Says how many. */
export const tellRenewed = async (work: Work): Promise<number> => {
  const { db } = work
  // One run at a time: what the other has told is read after it.
  const { at } = (await db.first(
    sql<{ at: Date }>`select ctx.clock() as at from pg_advisory_xact_lock(hashtextextended('convention-renewed', 0))`,
  ))!
  const renewable = await db.all(
    sql<Renewable>`select convention_id, organisation_id, region_id, number, name, term_on, since, told_at
      from ctx.renewable(${at}::timestamptz)`,
  )
  let said = 0
  for (const one of renewable) {
    const renewal = lastRenewal(one, at)
    // One of long ago is no news: the page says the current term.
    if (!renewal || addMonths(parisDay(renewal.at), 1) < parisDay(at)) continue
    if (one.toldAt && one.toldAt >= renewal.at) continue
    await tellRoles(db, { organisationId: one.organisationId, regionId: one.regionId }, renewedNotice(one, renewal), {
      ...work,
      now: at,
    })
    said += 1
  }
  return said
}

export const tellRenewedHourly = job('tell-renewed-conventions', {
  cron: '8 * * * *',
  run: async ({ log, ...work }) => log.info(`conventions renewed, told: ${await tellRenewed(work)}`),
})

export const jobs: JobsOf = () => [tellRenewedHourly]
