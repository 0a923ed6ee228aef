import { sql } from 'kysely'
import { tellPerson, tellRoles } from '../../notifications/tell.ts'
import { type JobsOf, jobInSteps, type Work } from '../../platform/job.ts'
import { type InactivityStep, inactivityMail, type SleepStep, sleepMail, suspendedNotice } from './people.mails.ts'

interface Due {
  readonly accountId: string
  readonly organisationId: string
  readonly dueOn: string
  readonly step: InactivityStep | SleepStep
}
const sleeps = (step: Due['step']): step is SleepStep => step.startsWith('role-')
/**
 * ACC-5: who is soon suspended for inactivity, and who is from today. The suspension itself waits for no job: rights
 * are worked out at each request. The same of roles of the operator, that sleep (SEC-6). Says how many were told.
 */
export const tellInactivity = async (work: Work): Promise<number> => {
  const { db } = work
  const due = await db.all(sql<Due>`select account_id, organisation_id, due_on, step from ctx.note_inactivity()`)
  for (const { accountId, organisationId, dueOn, step } of due) {
    await tellPerson(
      db,
      sleeps(step) ? sleepMail(accountId, step, dueOn) : inactivityMail(accountId, step, dueOn),
      work,
    )
    if (step === 'suspended')
      await tellRoles(db, { organisationId, but: [accountId] }, suspendedNotice(accountId), work)
  }
  return due.length
}

export const tellInactivityNightly = jobInSteps('tell-inactivity', {
  cron: '40 4 * * *',
  run: async ({ within, log }) => {
    const told = await within(tellInactivity)
    const purged = await within(async ({ db }) =>
      db.first(
        sql<{ left: number; notices: number; files: number }>`select ctx.purge_departed() as left,
          ctx.purge_inactivity_notices() as notices, ctx.purge_imports() as files`,
      ),
    )
    const { left, notices, files } = purged!
    log.info(`inactivity told: ${told}; purged ${left} departed, ${notices} notices, ${files} files`)
  },
})

export const jobs: JobsOf = () => [tellInactivityNightly]
