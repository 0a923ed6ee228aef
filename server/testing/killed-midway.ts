import assert from 'node:assert/strict'
import { setTimeout } from 'node:timers/promises'
import type { House, once, Person } from './house.ts'
import type { processStarter, Started } from './processes.ts'

export interface Asked {
  readonly who: Person
  readonly method?: 'POST' | 'PUT'
  readonly path: string
  readonly body: object
  /** A table that the act has written when its entry in the trail is all that is left. */
  readonly written: string
}
/** Which connections to this database wrote this table, and wait for the trail; its number is another's elsewhere. */
export const atTheTrail = async ({ owner }: House, written: string, awaited = 'audit_entries'): Promise<number[]> =>
  (
    await owner.query(
      `select w.pid from pg_stat_activity a join pg_locks w using (pid) join pg_locks h using (pid)
        where a.datname = current_database() and not w.granted and w.relation = $2::regclass
          and h.granted and h.mode = 'RowExclusiveLock' and h.relation = $1::regclass`,
      [written, awaited],
    )
  ).rows.map(({ pid }) => pid)

/**
 * Asks a process of its own, and kills it once all is written but the trail, which someone keeps locked; then lets the
 * database see that nobody is there.
 */
export const killedMidway = async (
  house: House,
  starter: ReturnType<typeof processStarter>,
  { who, method = 'POST', path, body, written }: Asked,
  headers: ReturnType<typeof once> & { readonly 'if-match'?: string },
): Promise<void> => {
  const web = await starter.begin('server/main.ts')
  const holder = await house.owner.connect()
  try {
    await holder.query('begin')
    await holder.query('lock table audit_entries in exclusive mode')
    let answer: string | undefined
    const lost = fetch(`${web.url}/api${path}`, {
      method,
      headers: { cookie: who.cookie, 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    }).then(
      async answered => {
        answer = await answered.text()
      },
      () => {},
    )
    while ((await atTheTrail(house, written)).length === 0) {
      assert.equal(web.child.exitCode, null, web.output())
      assert.equal(answer, undefined, 'nothing is answered before the trail')
      await setTimeout(20)
    }
    web.child.kill('SIGKILL')
    await Promise.all([web.ended, lost])
    assert.equal(answer, undefined, 'nothing was answered')
  } finally {
    await holder.query('rollback')
    holder.release()
  }
  while ((await atTheTrail(house, written)).length > 0) await setTimeout(20)
}

interface AtWork {
  readonly job: string
  /** A table that the job has written when the next one that it writes is kept locked. */
  readonly written: string
  readonly awaited: string
}
const workerAsked = async ({ owner }: House, starter: ReturnType<typeof processStarter>, job: string) => {
  const worker = await starter.begin('server/worker.ts')
  await owner.query('select graphile_worker.add_job($1)', [job])
  return worker
}
const stillThere = ({ child, output }: Started) =>
  assert.equal(child.exitCode ?? child.signalCode, null, `the worker is there\n${output()}`)

/** The same of a worker in the middle of a job. */
export const killedAtWork = async (
  house: House,
  starter: ReturnType<typeof processStarter>,
  { job, written, awaited }: AtWork,
): Promise<void> => {
  const holder = await house.owner.connect()
  try {
    await holder.query('begin')
    await holder.query(`lock table ${awaited} in exclusive mode`)
    const worker = await workerAsked(house, starter, job)
    while ((await atTheTrail(house, written, awaited)).length === 0) {
      stillThere(worker)
      await setTimeout(20)
    }
    worker.child.kill('SIGKILL')
    await worker.ended
  } finally {
    await holder.query('rollback')
    holder.release()
  }
  while ((await atTheTrail(house, written, awaited)).length > 0) await setTimeout(20)
}
/** Another worker has the same job to do, and does it. */
export const doneByTheNext = async (
  house: House,
  starter: ReturnType<typeof processStarter>,
  job: string,
  done: () => Promise<boolean>,
): Promise<void> => {
  const worker = await workerAsked(house, starter, job)
  while (!(await done())) {
    stillThere(worker)
    await setTimeout(20)
  }
  worker.child.kill('SIGTERM')
  await worker.ended
}
