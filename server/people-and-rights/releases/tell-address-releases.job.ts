import { sql } from 'kysely'
import { tellPerson, tellRoles } from '../../notifications/tell.ts'
import { type JobsOf, job, jobInSteps, type Work } from '../../platform/job.ts'
import { answeredMail, askedNotice, toldMail } from './releases.mails.ts'

/** In one transaction: the person and the former structure of each new one, then who waited for what is free. */
export const tellReleases = async (work: Work): Promise<number> => {
  const { db } = work
  const asked = await db.all(
    sql<{ id: string; accountId: string; formerId: string }>`select id, account_id, former_id
      from ctx.releases_to_tell()`,
  )
  for (const { id, accountId, formerId } of asked) {
    await tellRoles(db, { organisationId: formerId, but: [accountId] }, askedNotice(id), work)
    await tellPerson(db, toldMail(accountId, id), work)
  }
  const freed = await db.all(sql<{ id: string; askedBy: string }>`select id, asked_by from ctx.free_address_releases()`)
  for (const { id, askedBy } of freed) await tellPerson(db, answeredMail(askedBy, id, 'freed', null), work)
  return asked.length + freed.length
}
export const tellAddressReleases = job('tell-address-releases', {
  cron: '*/5 * * * *',
  run: async ({ log, ...work }) => {
    const told = await tellReleases(work)
    if (told > 0) log.info(`releases of an address told: ${told}`)
  },
})
/** Releases of an address are forgotten a month after they were settled. */
export const purgeAddressReleasesNightly = jobInSteps('purge-address-releases', {
  cron: '47 3 * * *',
  run: async ({ within, log }) => {
    const row = await within(({ db }) =>
      db.first(sql<{ purged: number }>`select ctx.purge_address_releases() as purged`),
    )
    log.info(`releases of an address forgotten: ${row!.purged}`)
  },
})

export const jobs: JobsOf = () => [tellAddressReleases, purgeAddressReleasesNightly]
