import type pg from 'pg'
import { tellPerson, tellRolesByJob } from '../../notifications/tell.ts'
import { dbOver } from '../../platform/database.ts'
import { uuidv7 } from '../../platform/ids.ts'
import { inTransaction, job } from '../../platform/job.ts'
import { systemClock } from '../../platform/time.ts'
import { type InactivityStep, inactivityMail, type SleepStep, sleepMail, suspendedNotice } from './person-mails.ts'

interface Due {
  readonly account_id: string
  readonly organisation_id: string
  readonly due_on: string
  readonly step: InactivityStep | SleepStep
}
const sleeps = (step: Due['step']): step is SleepStep => step.startsWith('role-')
/**
 * ACC-5: who is soon suspended for inactivity, and who is from today. The suspension itself waits for no job: rights
 * are worked out at each request. The same of roles of the operator, that sleep (SEC-6). Says how many were told.
 */
export const tellInactivity = async (
  client: pg.ClientBase,
  means: { newId: () => string; now: Date },
): Promise<number> => {
  return inTransaction(client, async () => {
    const { rows } = await client.query<Due>(
      'select account_id, organisation_id, due_on, step from ctx.note_inactivity()',
    )
    const db = dbOver(client)
    for (const { account_id: accountId, organisation_id: organisationId, due_on: dueOn, step } of rows) {
      await tellPerson(
        db,
        sleeps(step) ? sleepMail(accountId, step, dueOn) : inactivityMail(accountId, step, dueOn),
        means,
      )
      if (step === 'suspended')
        await tellRolesByJob(client, { organisationId, but: [accountId] }, suspendedNotice(accountId), means)
    }
    return rows.length
  })
}

export const tellInactivityNightly = job('tell-inactivity', {
  cron: '40 4 * * *',
  run: async (_payload, { withPgClient, logger }) => {
    const told = await withPgClient(client => tellInactivity(client, { newId: uuidv7, now: systemClock() }))
    const { rows } = await withPgClient(client =>
      client.query<{ left: number; notices: number; files: number }>(
        'select ctx.purge_departed() as left, ctx.purge_inactivity_notices() as notices, ctx.purge_imports() as files',
      ),
    )
    logger.info(
      `inactivity told: ${told}; purged ${rows[0]?.left ?? 0} departed, ${rows[0]?.notices ?? 0} notices, ${rows[0]?.files ?? 0} files`,
    )
  },
})
