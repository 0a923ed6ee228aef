import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import pg from 'pg'
import { limitProblems, roleLimits, sharesConnections } from './platform/database/start-checks.ts'
import { openDatabase } from './platform/database.ts'
import { asPilot, atWork } from './testing/at-work.ts'
import { freshDatabase, type TestDatabase } from './testing/database.ts'
import { startPgbouncer, withoutPgbouncer } from './testing/pgbouncer.ts'
import { processStarter } from './testing/processes.ts'

let database: TestDatabase
let owner: pg.Pool
let processes: ReturnType<typeof processStarter>
before(async () => {
  database = await freshDatabase()
  processes = processStarter(database)
  owner = new pg.Pool({ connectionString: database.superUrl, max: 4 })
})
after(async () => {
  processes.killAll()
  await owner.end()
  await database.drop()
})
/** For this database alone: the role's own settings are shared with other tests. */
const withSetting = async (role: string, setting: string, work: () => Promise<void>) => {
  const where = `alter role ${role} in database ${database.name}`
  await owner.query(`${where} set ${setting}`)
  await work().finally(() => owner.query(`${where} reset ${setting.split('=')[0]}`))
}

test('REL-7, REL-4: the three time limits are the roles’, for the web and for signing in, and no parameter of the connection', async () => {
  for (const url of [database.webUrl, database.signInUrl]) {
    const opened = openDatabase(url, { connections: 1 })
    const rows = await opened.all(
      sql<{ name: string; ms: number; source: string }>`select name, setting::int as ms, source from pg_settings
        where name = any (${Object.keys(roleLimits)}::text[])`,
    )
    await opened.close()
    assert.deepEqual(Object.fromEntries(rows.map(({ name, ms }) => [name, ms])), roleLimits)
    assert.deepEqual([...new Set(rows.map(({ source }) => source))], ['user'])
  }
})

for (const [setting, problem] of [
  ['statement_timeout=0', /statement_timeout/],
  ['lock_timeout=60000', /lock_timeout/],
] as const)
  test(`REL-7: a role that bears ${setting} is a problem that names the address and the command`, async () => {
    await withSetting('cc_sign_in', setting, async () => {
      const opened = openDatabase(database.signInUrl, { connections: 1 })
      const problems = await limitProblems(opened, 'DATABASE_SIGN_IN_URL')
      await opened.close()
      assert.equal(problems.length, 1)
      assert.match(problems[0]!, problem)
      assert.match(problems[0]!, /^DATABASE_SIGN_IN_URL .*roles\.sql/)
    })
  })

test('REL-7: the web refuses to start when a time limit is not in force', { timeout: 180_000 }, async () => {
  await withSetting('cc_web', 'idle_in_transaction_session_timeout=0', async () => {
    const web = await processes.begin('server/main.ts')
    assert.equal(await web.ended, 1)
    assert.match(web.output(), /DATABASE_URL .*idle_in_transaction_session_timeout.*roles\.sql/)
  })
})

test('REL-7: behind PgBouncer in transaction mode the web starts, reads, writes, and its limits hold; it listens by its direct address', {
  timeout: 300_000,
  skip: withoutPgbouncer,
}, async () => {
  const pooler = await startPgbouncer([database.webUrl, database.signInUrl], ['default_pool_size = 3'])
  try {
    const web = await processes.begin('server/main.ts', {
      DATABASE_URL: pooler.through(database.webUrl),
      DATABASE_SIGN_IN_URL: pooler.through(database.signInUrl),
      DATABASE_LISTEN_URL: database.webUrl,
    })
    assert.equal(web.child.exitCode, null, web.output())
    const cookie = await asPilot(owner)
    assert.deepEqual(await atWork(web.url, cookie, owner), [200, 200, 1], web.output())
    // More clients than the pooler has connections: prepared statements meet connections that lack them.
    const answers = await Promise.all(Array.from({ length: 60 }, () => atWork(web.url, cookie, owner)))
    assert.deepEqual(
      answers.filter(one => String(one) !== '200,200,1'),
      [],
      web.output(),
    )
    assert.doesNotMatch(web.output(), /listening on .* interrupted/)
    web.child.kill('SIGTERM')
    assert.equal(await web.ended, 0, web.output())

    const opened = openDatabase(pooler.through(database.webUrl), { connections: 1 })
    assert.deepEqual(await limitProblems(opened, 'DATABASE_URL'), [])
    await assert.rejects(opened.all(sql`select pg_sleep(11)`), { code: '57014' })
    await opened.close()
  } finally {
    await pooler.stop()
  }
})

test('REL-7: the worker, which holds locks and listens, refuses a pooler in transaction mode and takes one in session mode', {
  timeout: 180_000,
  skip: withoutPgbouncer,
}, async () => {
  for (const mode of ['transaction', 'session']) {
    const pooler = await startPgbouncer([database.workerUrl], [`pool_mode = ${mode}`])
    assert.equal(await sharesConnections(pooler.through(database.workerUrl)), mode === 'transaction')
    if (mode === 'transaction') {
      const worker = await processes.begin('server/worker.ts', {
        DATABASE_WORKER_URL: pooler.through(database.workerUrl),
      })
      assert.equal(await worker.ended, 1)
      assert.match(worker.output(), /DATABASE_WORKER_URL .*adresse directe/)
    }
    await pooler.stop()
  }
})

test('REL-7: without a pooler no two clients of the worker have the same connection', async () => {
  assert.equal(await sharesConnections(database.workerUrl), false)
})
