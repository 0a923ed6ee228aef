import { setTimeout } from 'node:timers/promises'
import { sql } from 'kysely'
import { isLockTimeout, isRace } from '../../platform/database.ts'
import { type JobsOf, job, jobInSteps, type Steps, type Work } from '../../platform/job.ts'
import { doPart } from './bulk-works.queries.ts'
import { tellEnding } from './tell-work.ts'

const partSize = 500
const lostAccess = 'access/no-grant'

/** One part, under the rights that the person has now. */
const onePart = (workId: string) => async (work: Work) => {
  // Who works on these targets waits no longer than the web would let them.
  await work.db.run(sql`set local lock_timeout = '4s'`)
  const { entered } = (await work.db.first(
    sql<{ entered: boolean }>`select ctx.enter_bulk_work(${workId}::uuid) as entered`,
  ))!
  if (!entered) return lostAccess
  const outcome = await doPart(work.db, workId, partSize, work.now)
  await tellEnding(work.db, workId, work)
  return outcome
}
const stop = (workId: string, code: string) => async (work: Work) => {
  await work.db.run(sql`select ctx.stop_bulk_work(${workId}::uuid, ${code}, ${work.now}::timestamptz)`)
  await tellEnding(work.db, workId, work)
}

/** Until it is done, must stop, or another process is at it. A part is whole or not at all: killed, it is taken up again. */
export const doWork = async (workId: string, { within, signal }: Pick<Steps, 'within' | 'signal'>): Promise<void> => {
  while (!signal?.aborted) {
    const outcome = await within(onePart(workId)).catch(async error => {
      if (!isLockTimeout(error) && !isRace(error)) throw error
      await setTimeout(1_000) // someone is on these targets: the part comes again
      return ''
    })
    if (outcome) return void (await within(stop(workId, outcome)))
    if (outcome === null) return
  }
}

/** What one asks is done at once; each minute, what a killed process left. */
export const doBulkWorks = jobInSteps('do-bulk-works', {
  cron: '* * * * *',
  run: async ({ payload, ...steps }) => {
    const { workId } = (payload ?? {}) as { workId?: string }
    if (workId) return doWork(workId, steps)
    const left = await steps.within(({ db, now }) =>
      db.all(
        sql<{ id: string }>`select id from ctx.bulk_works_left(${now}::timestamptz - interval '30 seconds') as l (id)`,
      ),
    )
    for (const { id } of left) await doWork(id, steps)
  },
})

export const purgeBulkWorks = job('purge-bulk-works', {
  cron: '35 3 * * *',
  run: async ({ db, log }) => {
    const { purged } = (await db.first(sql<{ purged: number }>`select ctx.purge_bulk_works() as purged`))!
    log.info(`purged ${purged} bulk works`)
  },
})

export const jobs: JobsOf = () => [doBulkWorks, purgeBulkWorks]
