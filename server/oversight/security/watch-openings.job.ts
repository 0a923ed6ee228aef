import { sql } from 'kysely'
import { tellRoles } from '../../notifications/tell.ts'
import { type JobsOf, job, type Work } from '../../platform/job.ts'
import { manyOpenings } from './suspicion-rules.ts'

/**
 * ACC-4: tells the operator's security officer, once a week, of an account manager who opens accounts beyond an
 * ordinary week. Nothing is blocked: a structure begins with a file of people. Says how many were told.
 */
export const tellOpenings = async (work: Work, perWeek: number): Promise<number> => {
  const { db } = work
  const openers = await db.all(
    sql<{ accountId: string; organisationId: string; opened: number }>`select account_id, organisation_id, opened
      from ctx.openings_to_watch(ctx.clock())`,
  )
  let told = 0
  for (const { accountId, organisationId, opened } of openers) {
    const why = manyOpenings(opened, perWeek)
    if (!why) continue
    const { done } = (await db.first(
      sql<{ done: boolean }>`select ctx.note_openings(${accountId}::uuid, ${why}, ctx.clock()) as done`,
    ))!
    if (!done) continue
    await tellRoles(
      db,
      { organisationId },
      {
        kind: 'accounts-opened-many',
        subject: 'Beaucoup de comptes ouverts par une seule personne',
        path: { operateur: '/securite' },
        about: ['account', accountId],
        text: `${why}\n\nRien n’est bloqué. Vérifiez dans le journal quels comptes ont été ouverts, et auprès de la structure qu’elle connaît ces personnes.`,
      },
      { ...work, service: true },
    )
    told += 1
  }
  return told
}

export const jobs: JobsOf = ({ watchOpenings }) => [
  job('watch-openings', {
    cron: '40 * * * *',
    run: async ({ log, ...work }) =>
      log.info(`account managers who open many accounts, told: ${await tellOpenings(work, watchOpenings)}`),
  }),
]
