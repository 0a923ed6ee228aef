import { sql } from 'kysely'
import { tellRoles } from '../../notifications/tell.ts'
import { type JobsOf, job, type Work } from '../../platform/job.ts'
import type { Office } from '../accounts/officers.ts'
import { departureHeldNotice } from './people.mails.ts'
import { remindLeaver } from './remind-leaver.ts'

/**
 * ACC-6, ACC-16, RGC-6: ends the accounts whose departure, declared or entered ahead, has come, in a transaction. Their
 * rights ended at that midnight without this job. Says how many.
 */
export const endDeparted = async (work: Work): Promise<number> => {
  const { db } = work
  const gone = await db.all(
    sql<{ accountId: string; email: string | null; lastDay: string }>`select account_id, email, last_day
      from ctx.end_departed() union all select account_id, email, last_day from ctx.end_departures_to_come()`,
  )
  for (const { accountId, email, lastDay } of gone)
    if (email) await remindLeaver(db, { to: { address: email }, accountId, cause: 'account', leavesOn: lastDay }, work)
  await tellHeld(work)
  return gone.length
}
/** ACC-6, SEC-2: a last officer stays until another is in place. It is told once, and again when that changes. */
const tellHeld = async (work: Work): Promise<void> => {
  const held = await work.db.all(
    sql<{ accountId: string; organisationId: string; roles: Office[]; lastDay: string; declared: boolean }>`select
      account_id, organisation_id, roles, last_day, declared from ctx.hold_departed()`,
  )
  for (const { accountId, organisationId, ...kept } of held) {
    const concerned = { organisationId, party: 'operateur', but: [accountId] } as const
    await tellRoles(work.db, concerned, departureHeldNotice(accountId, kept), work)
  }
}

export const endDepartedHourly = job('end-departed', {
  cron: '10 * * * *',
  run: async ({ log, ...work }) => log.info(`accounts of departed people ended: ${await endDeparted(work)}`),
})

export const jobs: JobsOf = () => [endDepartedHourly]
