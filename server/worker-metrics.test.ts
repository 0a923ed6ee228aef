import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import pg from 'pg'
import { uuidv7 } from './platform/ids.ts'
import { metrics } from './platform/telemetry.ts'
import { version } from './platform/version.ts'
import { freshDatabase, type TestDatabase } from './testing/database.ts'
import { processStarter } from './testing/processes.ts'
import { measureWorker } from './worker-metrics.ts'

let database: TestDatabase
let owner: pg.Client
let pool: pg.Pool
let processes: ReturnType<typeof processStarter>
before(async () => {
  database = await freshDatabase()
  processes = processStarter(database)
  owner = new pg.Client(database.superUrl)
  await owner.connect()
  pool = new pg.Pool({ connectionString: database.workerUrl, max: 2 })
})
after(async () => {
  processes.killAll()
  await pool.end()
  await owner.end()
  await database.drop()
})
const read = (text: string, series: string) => {
  const line = text.split('\n').find(one => one.startsWith(`${series} `))
  return line === undefined ? undefined : Number(line.split(' ').at(-1))
}

test('REL-8: the worker answers its own metrics, with its version, and nothing else on that address', {
  timeout: 120_000,
}, async () => {
  const worker = await processes.begin('server/worker.ts')
  assert.equal(worker.child.exitCode, null, worker.output())
  const text = await (await fetch(`${worker.operations}/metrics`)).text()
  assert.equal(read(text, `build_info{version="${version.version}",commit="${version.commit ?? ''}"}`), 1)
  for (const series of ['mails_waiting', 'mails_given_up', 'trail_seal_lag_seconds'])
    assert.equal(read(text, series), 0, series)
  assert.ok(Number.isNaN(read(text, 'register_age_seconds')), 'no register yet')
  assert.equal((await fetch(`${worker.operations}/health/ready`)).status, 404)
  worker.child.kill('SIGTERM')
  assert.equal(await worker.ended, 0, worker.output())
})

test('REL-8: jobs by kind and state with the age of the oldest, mails waiting and given up, age of the register, lag of the seals', async () => {
  measureWorker(pool)
  await owner.query(`select graphile_worker.add_job('sweep-mails', run_at := now() - interval '90 seconds'),
    graphile_worker.add_job('sweep-mails', run_at := now() + interval '1 hour'),
    graphile_worker.add_job('watch-uses', run_at := now() - interval '10 seconds')`)
  await owner.query(`update graphile_worker._private_jobs j set attempts = max_attempts
    from graphile_worker._private_tasks t where t.id = j.task_id and t.identifier = 'watch-uses'`)
  const mail = (what: string) =>
    owner.query(
      `insert into mails (id, to_address, subject, body, why, kind, queued_by, created_at${what ? `, ${what}` : ''})
        values ($1, 'a@example.fr', 'Sujet', 'Corps', 'Parce que', 'essai', null, now()${what ? ', now()' : ''})`,
      [uuidv7()],
    )
  for (const what of ['', '', 'failed_at', 'sent_at']) await mail(what)
  await owner.query(`insert into register_imports (files, scope, finished_at) values
    (array['a'], 'France', now() - interval '2 days'), (array['b'], 'France', null)`)
  await owner.query(
    `insert into audit_entries (id, at, actor_id, action, subject_kind, subject_id, detail_digest)
      values ($1, now() - interval '40 seconds', $1, 'a.b', 'k', 's', sha256(''))`,
    [uuidv7()],
  )
  const text = await metrics.metrics()
  const jobs = (kind: string) =>
    ['waiting', 'running', 'failed'].map(state => read(text, `jobs{kind="${kind}",state="${state}"}`))
  assert.deepEqual(jobs('sweep-mails'), [2, 0, 0])
  assert.deepEqual(jobs('watch-uses'), [0, 0, 1])
  assert.deepEqual([read(text, 'mails_waiting'), read(text, 'mails_given_up')], [2, 1])
  const ages = [
    ['jobs_oldest_seconds{kind="sweep-mails"}', 90],
    ['jobs_oldest_seconds{kind="watch-uses"}', 0],
    ['register_age_seconds', 2 * 86_400],
    ['trail_seal_lag_seconds', 40],
  ] as const
  for (const [series, least] of ages) {
    const value = read(text, series)!
    assert.ok(value >= least && value < least + 60, `${series} ${value}`)
  }
})

test('REL-8: a database away leaves no old figure: no jobs, and NaN', async () => {
  const gone = new pg.Pool({ connectionString: 'postgres://nobody@127.0.0.1:1/none' })
  metrics.clear()
  measureWorker(gone)
  const text = await metrics.metrics()
  assert.doesNotMatch(text, /^jobs\{/m)
  assert.ok(Number.isNaN(read(text, 'mails_waiting')))
  await gone.end()
})
