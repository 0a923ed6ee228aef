import { sql } from 'kysely'
import { tellPerson, tellRoles } from '../../notifications/tell.ts'
import { type JobsOf, job, jobInSteps, type Work } from '../../platform/job.ts'
import { acceptedNotice, answeredMail, askedMail } from './second-accounts.mails.ts'

/** In one transaction: the person of each new one, then who asked and the first structure, once it is answered. */
export const tellShares = async (work: Work): Promise<number> => {
  const { db } = work
  const asked = await db.all(sql<{ id: string; firstId: string }>`select id, first_id from ctx.shares_to_tell()`)
  for (const { id, firstId } of asked) await tellPerson(db, askedMail(firstId, id), work)
  const answered = await db.all(
    sql<{
      id: string
      firstId: string
      formerId: string
      askedBy: string
      outcome: 'accepted' | 'refused' | 'freed'
    }>`select id, first_id, former_id, asked_by, outcome from ctx.share_answers_to_tell()`,
  )
  for (const { id, firstId, formerId, askedBy, outcome } of answered) {
    await tellPerson(db, answeredMail(askedBy, id, outcome), work)
    if (outcome === 'accepted')
      await tellRoles(db, { organisationId: formerId, but: [firstId] }, acceptedNotice(id), { ...work, service: true })
  }
  return asked.length + answered.length
}
export const tellSecondAccounts = job('tell-second-accounts', {
  cron: '*/5 * * * *',
  run: async ({ log, ...work }) => {
    const told = await tellShares(work)
    if (told > 0) log.info(`second accounts told: ${told}`)
  },
})
/** Requests are forgotten a month after they were settled, pairs a month after they ended. */
export const purgeSecondAccountsNightly = jobInSteps('purge-second-accounts', {
  cron: '49 3 * * *',
  run: async ({ within, log }) => {
    const row = await within(({ db }) =>
      db.first(sql<{ purged: number }>`select ctx.purge_shared_addresses() as purged`),
    )
    log.info(`second accounts forgotten: ${row!.purged}`)
  },
})

export const jobs: JobsOf = () => [tellSecondAccounts, purgeSecondAccountsNightly]
