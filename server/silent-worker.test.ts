import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import pg from 'pg'
import { asPilot, atWork } from './testing/at-work.ts'
import { freshDatabase, type TestDatabase } from './testing/database.ts'
import { processStarter } from './testing/processes.ts'

let database: TestDatabase
let owner: pg.Pool
let processes: ReturnType<typeof processStarter>
before(async () => {
  database = await freshDatabase()
  processes = processStarter(database)
  owner = new pg.Pool({ connectionString: database.ownerUrl, max: 4 })
  owner.on('error', () => {}) // a connection at rest, cut as the database is dropped
})
after(async () => {
  processes.killAll()
  await owner.end()
  await database.drop()
})

test('REL-8, REL-5: a worker that was killed, then one that is frozen, leave the web ready, reading and writing; readiness and metrics say degraded', {
  timeout: 180_000,
}, async () => {
  const web = await processes.begin('server/main.ts')
  assert.equal(web.child.exitCode, null, web.output())
  const cookie = await asPilot(owner)
  const said = async () => {
    const answer = await fetch(`${web.operations}/health/ready`)
    const { ready, degraded, worker } = (await answer.json()) as Record<string, unknown>
    const gauge = /^service_degraded\{part="worker"\} (\d)$/m
    const [, measured] = gauge.exec(await (await fetch(`${web.operations}/metrics`)).text()) ?? []
    return { status: answer.status, ready, degraded: (degraded as string[]).includes('worker'), worker, measured }
  }
  // What readiness knows is kept two seconds.
  const until = async (worker: boolean) => {
    for (const end = Date.now() + 60_000; Date.now() < end; await new Promise(r => setTimeout(r, 200)))
      if ((await said()).worker === worker) break
    return said()
  }
  const silentForTwoMinutes = () => owner.query("update worker_heartbeats set at = now() - interval '2 minutes'")
  const well = { status: 200, ready: true, degraded: false, worker: true, measured: '0' }
  const silent = { status: 200, ready: true, degraded: true, worker: false, measured: '1' }

  const killed = await processes.begin('server/worker.ts')
  assert.deepEqual(await until(true), well, killed.output())
  killed.child.kill('SIGKILL')
  await killed.ended
  await silentForTwoMinutes()
  assert.deepEqual(await until(false), silent)
  assert.deepEqual(await atWork(web.url, cookie, owner), [200, 200, 1])

  const frozen = await processes.begin('server/worker.ts')
  assert.deepEqual(await until(true), well, frozen.output())
  frozen.child.kill('SIGSTOP')
  await silentForTwoMinutes()
  assert.deepEqual(await until(false), silent)
  assert.deepEqual(await atWork(web.url, cookie, owner), [200, 200, 1])
  frozen.child.kill('SIGCONT')
  assert.deepEqual(await until(true), well, 'it beats again by itself')
})
