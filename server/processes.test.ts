import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { Agent, request } from 'node:http'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import pg from 'pg'
import { insertEntry } from './oversight/audit/testing.ts'
import { aGrant, anAccount, insertAccount } from './people-and-rights/accounts/testing.ts'
import { anOrganisation, insertOrganisation } from './people-and-rights/organisations/testing.ts'
import { insertSession } from './signing-in/identity/testing.ts'
import { asPilot, atWork } from './testing/at-work.ts'
import { moveClock } from './testing/clock.ts'
import { freshDatabase, type TestDatabase } from './testing/database.ts'
import { temporaryFolder } from './testing/folder.ts'
import { processStarter } from './testing/processes.ts'
import { until } from './testing/until.ts'

const folder = temporaryFolder()
let database: TestDatabase
let owner: pg.Client
let begin: ReturnType<typeof processStarter>['begin']
let killAll: () => void
let watcher: pg.Client // apart: statistics stand still within a transaction
before(async () => {
  database = await freshDatabase()
  ;({ begin, killAll } = processStarter(database))
  owner = new pg.Client(database.superUrl)
  watcher = new pg.Client(database.superUrl)
  await Promise.all([owner.connect(), watcher.connect()])
})
after(async () => {
  killAll()
  await Promise.all([owner.end(), watcher.end()])
  await database.drop()
})

const waitingForLock = async () => {
  const waiting = () =>
    watcher.query("select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'")
  while ((await waiting()).rowCount === 0) await new Promise(r => setTimeout(r, 30))
}

const asPerson = async () => {
  const organisation = await insertOrganisation(owner, anOrganisation())
  const account = await insertAccount(owner, anAccount(organisation.id), [aGrant({ tool: 'campagnes' })])
  return (await insertSession(owner, account.id)).cookie
}

test('REL-6: told to stop, the web process ends the request under way, takes no other, and leaves', {
  timeout: 180_000,
}, async () => {
  const web = await begin('server/main.ts')
  const cookie = await asPerson()
  assert.equal((await fetch(`${web.url}/health/live`)).status, 200, web.output())
  await owner.query(
    "insert into worker_heartbeats values ('test', now()); begin; lock table campaigns in access exclusive mode",
  )
  const underWay = fetch(`${web.url}/api/campaigns`, { headers: { cookie } })
  await waitingForLock()
  web.child.kill('SIGTERM')
  for (let open = true; open; await new Promise(r => setTimeout(r, 30)))
    open = await fetch(`${web.url}/health/live`).then(
      r => r.ok,
      () => false,
    )
  await owner.query('commit')
  assert.equal((await underWay).status, 200)
  assert.equal(await web.ended, 0, web.output())
})

test('REL-4, REL-6: told to stop with a thousand requests in flight, each is answered and none reset; who is sent back is told when', {
  timeout: 300_000,
}, async () => {
  const web = await begin('server/main.ts', { LIMIT_SESSION: '1000000' })
  const cookie = await asPerson()
  const agent = new Agent({ keepAlive: true, maxSockets: 1_000 })
  let sent = 0
  const ask = () =>
    new Promise<string>(told => {
      request(`${web.url}/api/campaigns`, { agent, headers: { cookie } }, answer => {
        answer
          .resume()
          .on('end', () =>
            told(
              `${answer.statusCode}${answer.statusCode === 503 && !(Number(answer.headers['retry-after']) > 0) ? ' without Retry-After' : ''}`,
            ),
          )
          .on('error', error => told(`cut: ${error.message}`))
      })
        .on('error', error => told(`reset: ${error.message}`))
        .on('finish', () => {
          sent += 1
        })
        .end()
    })
  assert.equal(await ask(), '200', web.output())
  const answers = Array.from({ length: 1_000 }, ask)
  while (sent < 1_001) await new Promise(r => setTimeout(r, 1))
  web.child.kill('SIGTERM')
  const counts: Record<string, number> = {}
  for (const answer of await Promise.all(answers)) counts[answer] = (counts[answer] ?? 0) + 1
  assert.deepEqual(
    Object.keys(counts).filter(kind => kind !== '200' && kind !== '503'),
    [],
    JSON.stringify(counts),
  )
  // How many are served is the machine's affair: under load they are sent back.
  assert.ok((counts['200'] ?? 0) > 0, JSON.stringify(counts))
  agent.destroy()
  assert.equal(await web.ended, 0, web.output())
})

test('REL-5: metrics and readiness are on the operators’ address, loopback unless told otherwise, and not on the public one', {
  timeout: 180_000,
}, async () => {
  const web = await begin('server/main.ts', { HOST: '0.0.0.0' })
  assert.match(await (await fetch(`${web.operations}/metrics`)).text(), /http_request_duration_seconds/)
  const { status, ...ready } = await fetch(`${web.operations}/health/ready`).then(async r => ({
    status: r.status,
    ...((await r.json()) as object),
  }))
  assert.deepEqual(
    [status, Object.keys(ready)],
    [200, ['ready', 'degraded', 'database', 'migrations', 'worker', 'sealing', 'antivirus']],
  )
  assert.deepEqual(
    [(await fetch(`${web.url}/health/ready`)).status, (await fetch(`${web.operations}/else`)).status],
    [404, 404],
  )
  const listening = spawnSync(
    process.execPath,
    [
      '-e',
      `
    const { readFileSync } = require('node:fs')
    for (const file of ['tcp', 'tcp6']) for (const line of readFileSync('/proc/net/' + file, 'utf8').split('\\n').slice(1)) { const f = line.trim().split(/\\s+/); if (f[3] === '0A') console.log(parseInt(f[1].split(':')[1], 16), f[1].split(':')[0]) }`,
    ],
    { encoding: 'utf8' },
  ).stdout
  const at = (url: string) => new RegExp(`^${new URL(url).port} (\\S+)$`, 'm').exec(listening)?.[1]
  assert.deepEqual([at(web.url), at(web.operations)], ['00000000', '0100007F'])
  web.child.kill('SIGTERM')
  assert.equal(await web.ended, 0, web.output())
})

// On a signal of the test's, the main thread does what no request should be able to: it turns no more.
const stuck = join(folder, 'stuck.mjs')
writeFileSync(
  stuck,
  "import { isMainThread } from 'node:worker_threads'; if (isMainThread) process.on('SIGUSR2', () => { for (;;); })",
)
for (const [name, file] of [
  ['web', 'server/main.ts'],
  ['worker', 'server/worker.ts'],
] as const) {
  test(`REL-4: a process whose loop no longer turns ends itself and says so; one that was only suspended goes on: ${name}`, {
    timeout: 300_000,
  }, async () => {
    const started = await begin(file, { WATCHDOG_SECONDS: '2', NODE_OPTIONS: `--import=file://${stuck}` })
    started.child.kill('SIGSTOP')
    await new Promise(r => setTimeout(r, 5_000))
    started.child.kill('SIGCONT')
    await new Promise(r => setTimeout(r, 3_000))
    assert.equal(started.child.exitCode ?? started.child.signalCode, null, started.output())
    started.child.kill('SIGUSR2')
    assert.equal(await started.ended, 'SIGKILL')
    assert.match(
      started.output(),
      new RegExp(`"level":"fatal","time":"[^"]+","message":"${name}: the loop has not turned for 2 s`),
    )
    await owner.query("delete from worker_heartbeats where worker_id <> 'test'") // it could not take its own back
  })
}

test('REL-6: told to stop, the worker ends the job under way and takes its heartbeat back', {
  timeout: 180_000,
}, async () => {
  const worker = await begin('server/worker.ts')
  const beats = async () =>
    (await owner.query("select worker_id from worker_heartbeats where worker_id <> 'test'")).rowCount
  assert.equal(await beats(), 1, worker.output())
  await owner.query('begin; lock table sessions in access exclusive mode')
  const adding = new pg.Client(database.workerUrl)
  await adding.connect()
  await adding.query("select graphile_worker.add_job('purge-expired')")
  await waitingForLock()
  worker.child.kill('SIGTERM')
  await new Promise(r => setTimeout(r, 300))
  assert.equal(worker.child.exitCode, null, 'it waits for its job')
  await owner.query('commit')
  assert.equal(await worker.ended, 0, worker.output())
  assert.equal(
    (await adding.query("select from graphile_worker.jobs where task_identifier = 'purge-expired'")).rowCount,
    0,
    'the job is done, and not left to another',
  )
  await adding.end()
  assert.equal(await beats(), 0)
})

test('SEC-1, PRI-4: the worker signs, with each seal, how long it keeps details', { timeout: 180_000 }, async () => {
  const worker = await begin('server/worker.ts', { TRAIL_DETAIL_MONTHS: '18' })
  await insertEntry(owner)
  const signed = async () =>
    (await owner.query(`select from trail_checkpoints where note ~ '(settled|pending) keeps 18[ \n]'`)).rowCount
  await until('sealed with its retention', signed)
  worker.child.kill('SIGTERM')
  assert.equal(await worker.ended, 0, worker.output())
})

test('REL-6: the web refuses to start on a database that is behind, and says what to run', {
  timeout: 180_000,
}, async () => {
  await owner.query(
    'create temp table kept as select * from schema_migrations; delete from schema_migrations where name = (select max(name) from schema_migrations)',
  )
  const web = await begin('server/main.ts')
  assert.equal(await web.ended, 1)
  assert.match(web.output(), /n’est pas à jour \(1 migration.*npm run migrate/)
  await owner.query('insert into schema_migrations select * from kept on conflict do nothing')
  // Its functions and policies were never applied here.
  await owner.query("update schema_repeatables set sha256 = 'another ' || sha256")
  const later = await begin('server/main.ts')
  assert.equal(await later.ended, 1)
  assert.match(later.output(), /n’est pas à jour .*database\/functions.*npm run migrate/)
  await owner.query("update schema_repeatables set sha256 = split_part(sha256, ' ', 2)")
})

test('SEC-1: neither process starts on a database that bears another clock than PostgreSQL’s, and each says what to do', {
  timeout: 180_000,
}, async () => {
  const shipped = await owner.query<{ text: string }>(`select pg_get_functiondef('ctx.clock()'::regprocedure) as text`)
  await moveClock(owner, '0')
  for (const entry of ['server/main.ts', 'server/worker.ts']) {
    const service = await begin(entry)
    assert.equal(await service.ended, 1, service.output())
    assert.match(service.output(), /la base porte une autre horloge que celle de PostgreSQL.*npm run audit -- verify/)
  }
  await owner.query(`drop table secret.clock; ${shipped.rows[0]!.text}`)
})

test('REL-6: both leave when the launcher is gone', { timeout: 180_000 }, async () => {
  for (const file of ['server/main.ts', 'server/worker.ts']) {
    const started = await begin(file)
    started.child.disconnect()
    assert.equal(await started.ended, 0, started.output())
  }
})

/** Lines that are not of the one format of the log. */
const strayLines = (output: string) =>
  output
    .split('\n')
    .filter(line => line !== '')
    .filter(line => {
      try {
        const { level, time, message } = JSON.parse(line)
        return !(['info', 'warn', 'error', 'fatal'].includes(level) && !Number.isNaN(Date.parse(time)) && message)
      } catch {
        return true
      }
    })
test('REL-7, REL-8: at the start, by a read, a write and jobs, neither process uses what its libraries will withdraw, and both log in one format', {
  timeout: 180_000,
}, async () => {
  const [web, worker] = [await begin('server/main.ts', { LOG_LEVEL: 'info' }), await begin('server/worker.ts')]
  const pool = new pg.Pool({ connectionString: database.ownerUrl, max: 2 })
  assert.deepEqual(await atWork(web.url, await asPilot(pool), pool), [200, 200, 1], web.output())
  const left = async () => {
    const { rows } = await watcher.query('select count(*)::int as n from graphile_worker.jobs where attempts = 0')
    return rows[0].n as number
  }
  const nightly =
    'purge-expired purge-drafts purge-mails remind-awareness remind-reviews remind-rgc-events keep-anomalies'
  const often =
    'settle-withdrawn-tools sweep-mails watch-uses tell-inactivity close-ended-campaigns purge-trail-details remind-leavers'
  for (const name of `${nightly} ${often}`.split(' ')) await watcher.query('select graphile_worker.add_job($1)', [name])
  for (const until = Date.now() + 120_000; (await left()) > 0; await new Promise(r => setTimeout(r, 100)))
    assert.ok(Date.now() < until, worker.output())
  await pool.end()
  for (const { child, ended, output } of [web, worker]) {
    child.kill('SIGTERM')
    assert.equal(await ended, 0, output())
    assert.doesNotMatch(output(), /Deprecation|DEP\d/)
    assert.deepEqual(strayLines(output()), [])
  }
  assert.match(web.output(), /"message":"answered"/)
  assert.match(worker.output(), /"message":"secrets in the environment/)
})
