import { sql } from 'kysely'
import { dropPastDueLines } from '../../notifications/notifications.queries.ts'
import { tellPerson } from '../../notifications/tell.ts'
import { type JobsOf, jobInSteps, type Steps, type Work } from '../../platform/job.ts'
import { parisDay } from '../../platform/time.ts'
import { isWorkingDay } from '../../platform/working-days.ts'
import { type DueActions, dueActionsMail } from './portfolio.mails.ts'

const part = 200

/** The next people and what they have, in one transaction. */
const tellSome =
  (past: string | null) =>
  async ({ db, ...work }: Work): Promise<readonly DueActions[]> => {
    const owners = await db.all(sql<DueActions>`select account_id, due_today, late
      from ctx.due_actions(${work.now}::timestamptz, ${past}::uuid, ${part}::int)`)
    const due = owners.filter(({ dueToday, late }) => dueToday + late > 0)
    for (const one of due) await tellPerson(db, dueActionsMail(one), work)
    return owners
  }

/**
 * Says how many people have something due; the lines of other mornings go first. A run that comes again the same day
 * tells nobody twice, and a day off tells nobody.
 */
export const tellDueActions = async ({ within, signal }: Pick<Steps, 'within' | 'signal'>): Promise<number> => {
  const works = await within(async ({ db, now }) => {
    await dropPastDueLines(db, parisDay(now))
    return isWorkingDay(parisDay(now))
  })
  if (!works) return 0
  let told = 0
  for (let past: string | null = null; ; ) {
    signal?.throwIfAborted()
    const owners: readonly DueActions[] = await within(tellSome(past))
    if (owners.length === 0) return told
    told += owners.filter(({ dueToday, late }) => dueToday + late > 0).length
    past = owners.at(-1)!.accountId
  }
}

/** Before the digests of six in the morning in Paris, summer and winter, of working days (CAM-11). */
const tellDueActionsEachMorning = jobInSteps('tell-due-actions', {
  cron: '30 3 * * 1-5',
  run: async ({ within, signal, log }) => {
    log.info(`actions due told to ${await tellDueActions({ within, signal })}`)
  },
})

export const jobs: JobsOf = () => [tellDueActionsEachMorning]
