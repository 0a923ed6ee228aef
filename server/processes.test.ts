import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import pg from 'pg'
import { freePort } from './platform/ports.ts'
import { freshDatabase, type TestDatabase } from './platform/testing-database.ts'
import { temporaryFolder } from './platform/testing-folder.ts'

const folder = temporaryFolder()
let database: TestDatabase
let owner: pg.Client
let watcher: pg.Client // apart: statistics stand still within a transaction
const running = new Set<ChildProcess>()
before(async () => {
  database = await freshDatabase()
  owner = new pg.Client(database.superUrl)
  watcher = new pg.Client(database.superUrl)
  await Promise.all([owner.connect(), watcher.connect()])
})
after(async () => {
  for (const child of running) child.kill('SIGKILL')
  await Promise.all([owner.end(), watcher.end()])
  await database.drop()
})

const clean = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(TEST_|DATABASE_|PROCONNECT_|PUBLIC_URL|PORT|DATA_DIR|HOST)/.test(name)))
/** Starts one of the two processes as the launcher does, with real settings, until it says that it is ready or ends. */
const begin = async (file: string) => {
  const port = await freePort()
  const child = spawn(process.execPath, [file], {
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    env: {
      ...clean, PORT: String(port), METRICS_PORT: String(await freePort()), ...(file === 'server/main.ts' ? { DATABASE_URL: database.webUrl, DATABASE_SIGN_IN_URL: database.signInUrl } : { DATABASE_WORKER_URL: database.workerUrl }), PUBLIC_URL: `http://localhost:${port}`,
      PROCONNECT_ISSUER: 'http://localhost:2/api/v2', PROCONNECT_CLIENT_ID: 'id', PROCONNECT_CLIENT_SECRET: 'secret', ENCRYPTION_KEY: Buffer.alloc(32, 1).toString('base64'), SMTP_URL: 'smtp://localhost:2', MAIL_FROM: 'ne-pas-repondre@campagnes.example',
      AUDIT_SIGNING_KEY: Buffer.alloc(32, 2).toString('base64'), AUDIT_WITNESS_FILE: join(folder, 'witness'),
    },
  })
  running.add(child)
  let output = ''
  for (const stream of [child.stdout!, child.stderr!]) stream.on('data', data => { output += data })
  const ended = (once(child, 'exit') as Promise<[number | null]>).then(([code]) => { running.delete(child); return code })
  await Promise.race([once(child, 'message'), ended])
  return { child, url: `http://localhost:${port}`, ended, output: () => output }
}
const waitingForLock = async () => {
  const waiting = () => watcher.query("select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'")
  while ((await waiting()).rowCount === 0) await new Promise(r => setTimeout(r, 30))
}

test('REL-6: told to stop, the web process ends the request under way, takes no other, and leaves', { timeout: 60_000 }, async () => {
  const web = await begin('server/main.ts')
  assert.equal((await fetch(`${web.url}/health/live`)).status, 200, web.output())
  await owner.query("insert into worker_heartbeats values ('test', now()); begin; lock table worker_heartbeats in access exclusive mode")
  const underWay = fetch(`${web.url}/health/ready`)
  await waitingForLock()
  web.child.kill('SIGTERM')
  for (let open = true; open; await new Promise(r => setTimeout(r, 30))) open = await fetch(`${web.url}/health/live`).then(r => r.ok, () => false)
  await owner.query('commit')
  assert.equal((await underWay).status, 200)
  assert.equal(await web.ended, 0, web.output())
})

test('REL-6: told to stop, the worker ends the job under way and takes its heartbeat back', { timeout: 60_000 }, async () => {
  const worker = await begin('server/worker.ts')
  const beats = async () => (await owner.query("select worker_id from worker_heartbeats where worker_id <> 'test'")).rowCount
  assert.equal(await beats(), 1, worker.output())
  await owner.query("begin; lock table sessions in access exclusive mode")
  const adding = new pg.Client(database.workerUrl)
  await adding.connect()
  await adding.query("select graphile_worker.add_job('purge-expired')")
  await waitingForLock()
  worker.child.kill('SIGTERM')
  await new Promise(r => setTimeout(r, 300))
  assert.equal(worker.child.exitCode, null, 'it waits for its job')
  await owner.query('commit')
  assert.equal(await worker.ended, 0, worker.output())
  assert.equal((await adding.query('select from graphile_worker.jobs')).rowCount, 0, 'the job is done, and not left to another')
  await adding.end()
  assert.equal(await beats(), 0)
})

test('REL-6: the web refuses to start on a database that is behind, and says what to run', { timeout: 60_000 }, async () => {
  await owner.query('create temp table kept as select * from schema_migrations; delete from schema_migrations where name = (select max(name) from schema_migrations)')
  const web = await begin('server/main.ts')
  assert.equal(await web.ended, 1)
  assert.match(web.output(), /n’est pas à jour \(1 migration.*npm run migrate/)
  await owner.query('insert into schema_migrations select * from kept on conflict do nothing')
})

test('REL-6: both leave when the launcher is gone', { timeout: 60_000 }, async () => {
  for (const file of ['server/main.ts', 'server/worker.ts']) {
    const started = await begin(file)
    started.child.disconnect()
    assert.equal(await started.ended, 0, started.output())
  }
})
