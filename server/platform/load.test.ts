import assert from 'node:assert/strict'
import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { after, before, test } from 'node:test'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { trace } from '@opentelemetry/api'
import { InMemorySpanExporter, SimpleSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace'
import { sql } from 'kysely'
import * as contract from '../../contract/index.ts'
import { type House, openHouse, type Person } from '../testing/house.ts'
import { action } from './action.ts'
import { clamd } from './antivirus.ts'
import { openDatabase } from './database.ts'
import { health, readiness } from './health.ts'
import { uuidv7 } from './ids.ts'
import { buildServer, type ServerOptions } from './server.ts'
import { metrics } from './telemetry.ts'
import { openClamd } from './testing-clamd.ts'
import { version } from './version.ts'

const slow = action(contract.campaigns.listCampaigns, {
  load: (_input, { db }) => db.all(sql`select pg_sleep(${pause})`),
  may: () => true,
  run: async () => ({ items: [], next: null, allowed: [] }),
})
let pause = 0
let house: House
let person: Person
before(async () => {
  house = await openHouse([])
  person = await house.person((await house.organisation()).id, [{ tool: 'campagnes' }])
})
after(() => house.close())

const build = async (over: Partial<ServerOptions>, options: Parameters<typeof openDatabase>[1] = {}) => {
  const database = openDatabase(house.urls.webUrl, options)
  const server = await buildServer({
    database,
    actions: [slow],
    publicUrl: 'http://localhost',
    originKey: Buffer.alloc(32),
    requestsPerMinute: 1_000_000,
    shedLoad: false,
    ...over,
  })
  const ask = (headers = {}, url = '/api/campaigns') =>
    server.inject({ url, headers: { cookie: person.cookie, ...headers } })
  return {
    server,
    database,
    ask,
    close: async () => {
      await server.close()
      await database.close()
    },
  }
}

test('REL-4: past the bound of the queue, requests are sent back at once with Retry-After, and the others are served', async () => {
  pause = 0.15
  const at = await build({}, { connections: 2, queue: 6 })
  const answers = await Promise.all(Array.from({ length: 40 }, () => at.ask()))
  const served = answers.filter(a => a.statusCode === 200)
  const sentBack = answers.filter(a => a.statusCode === 503)
  assert.equal(served.length + sentBack.length, 40)
  assert.ok(served.length >= 6 && sentBack.length >= 20, `${served.length} served`)
  for (const answer of sentBack) {
    assert.equal(answer.json().code, 'service/overloaded')
    assert.ok(Number(answer.headers['retry-after']) > 0)
  }
  assert.equal((await at.ask()).statusCode, 200, 'and the next one is served')
  await at.close()
})

test('REL-4: who has waited for a connection too long is sent back, and the one who holds it is served', async () => {
  const at = await build({}, { connections: 1, waitMs: 3_000 }) // the bound of opening the connection too
  pause = 0
  assert.equal((await at.ask()).statusCode, 200) // the connection is there, and the session known
  pause = 8
  const [held, waited] = await Promise.all([at.ask(), at.ask()])
  assert.deepEqual([held.statusCode, waited.statusCode, waited.json().code], [200, 503, 'service/overloaded'])
  pause = 0
  assert.equal((await at.ask()).statusCode, 200)
  await at.close()
})

test('REL-4: a statement that lasts is ended, said as such, and the connection serves again', async () => {
  pause = 5
  const at = await build({}, { connections: 1, statementTimeoutMs: 1_500 })
  const answer = await at.ask()
  assert.deepEqual([answer.statusCode, answer.json().code], [503, 'service/overloaded'])
  pause = 0
  assert.equal((await at.ask()).statusCode, 200)
  await at.close()
})

test('REL-4: each user has a rate of their own', async () => {
  pause = 0
  const at = await build({ requestsPerMinute: 5 })
  const statuses = []
  for (let i = 0; i < 7; i++) statuses.push((await at.ask()).statusCode)
  assert.deepEqual(statuses, [200, 200, 200, 200, 200, 429, 429])
  const refused = await at.ask()
  assert.deepEqual([refused.json().code, Number(refused.headers['retry-after']) > 0], ['request/too-many', true])
  const colleague = await house.person(person.organisationId, [{ tool: 'campagnes' }])
  assert.equal((await at.ask({ cookie: colleague.cookie })).statusCode, 200)
  await at.close()
})

test('REL-4: memory stays flat under a flood', async () => {
  setFlagsFromString('--expose_gc')
  const collect = runInNewContext('gc') as () => void
  pause = 0
  const at = await build({}, { connections: 4, queue: 50 })
  const flood = async () => {
    for (let i = 0; i < 15; i++) await Promise.all(Array.from({ length: 100 }, () => at.ask()))
  }
  const held = () => {
    collect()
    return process.memoryUsage().heapUsed
  }
  await flood()
  const before = held()
  await flood()
  await flood()
  const grown = (held() - before) / 1e6
  assert.ok(grown < 8, `${grown.toFixed(1)} MB more after 3,000 requests`)
  await at.close()
})

test('REL-5: a log line names the route, the status and the request id, and nothing that names a person or an employer', async () => {
  const lines: string[] = []
  const at = await build({
    logLevel: 'info',
    logTo: {
      write: line => {
        lines.push(line)
      },
    },
  })
  const answer = await at.ask(
    { 'x-forwarded-for': '203.0.113.7', 'user-agent': 'Navigateur de Camille' },
    '/api/campaigns?siret=12345678901234',
  )
  await at.ask({}, '/api/campaigns/inconnue-dupont')
  const all = lines.join('')
  const line = lines.map(l => JSON.parse(l)).find(l => l.requestId === answer.headers['x-request-id'])
  assert.deepEqual([line.method, line.route, line.status], ['GET', '/api/campaigns', answer.statusCode])
  assert.doesNotMatch(all, /12345678901234|203\.0\.113|127\.0\.0\.1|dupont|Camille|session=/)
  await at.close()
})

test('REL-5: measures count requests by route and refusals by code', async () => {
  const at = await build({})
  await at.ask()
  await at.ask({ cookie: '' })
  const text = await metrics.metrics()
  assert.match(text, /http_request_duration_seconds_count\{method="GET",route="\/api\/campaigns",status="200"\} \d+/)
  assert.match(text, /refusals_total\{code="session\/required"\} \d+/)
  assert.match(text, /database_pool_waiting \d+/)
  await at.close()
})

test('REL-5: a span for each request, named by its route', async () => {
  const spans = new InMemorySpanExporter()
  const provider = new TracerProvider({ spanProcessors: [new SimpleSpanProcessor({ exporter: spans })] })
  trace.setGlobalTracerProvider(provider)
  const at = await build({})
  await at.ask({}, '/api/campaigns?siret=12345678901234')
  const span = spans.getFinishedSpans().find(s => s.name === 'GET /api/campaigns')
  assert.ok(span)
  assert.deepEqual(span.attributes, {
    'http.request.method': 'GET',
    'http.route': '/api/campaigns',
    'http.response.status_code': 200,
  })
  await at.close()
  await provider.shutdown()
  trace.disable()
})

test('AGR-13, REL-5: readiness says whether an antivirus reads what people send; a silent one degrades, and the process serves', async () => {
  const said = async (antivirus?: { answers(): Promise<boolean> }) => {
    const ready = await readiness({
      database: house.database,
      pendingMigrations: async () => [],
      antivirus,
      withinMs: 60_000,
    }).ask()
    return [ready.ready, ready.antivirus, ready.degraded.includes('antivirus')]
  }
  const clamav = await openClamd()
  assert.deepEqual(await said(), [true, 'none', false])
  assert.deepEqual(await said(clamd(clamav.address)), [true, 'answers', false])
  await clamav.close()
  assert.deepEqual(await said(clamd(clamav.address)), [true, 'silent', true])
})

test('REL-5, REL-8: readiness tells what is missing, database or migrations; a silent worker and a late sealing degrade', async () => {
  const database = openDatabase(house.urls.webUrl, { connections: 1 })
  let pending: string[] = []
  let at = 0
  const asked = readiness({ database, pendingMigrations: async () => pending, now: () => at, withinMs: 60_000 })
  const ready = async (after = 60_000) => {
    at += after
    const { sealing: _, antivirus: _none, ...said } = await asked.ask()
    return said
  }
  const sealing = async () => {
    at += 2_000
    return (await asked.ask()).sealing
  }
  assert.deepEqual(await ready(), {
    ready: true,
    degraded: ['worker'],
    database: true,
    migrations: true,
    worker: false,
  })
  await house.owner.query("insert into worker_heartbeats values ('w', now())")
  assert.deepEqual(await ready(), { ready: true, degraded: [], database: true, migrations: true, worker: true })
  pending = ['20270101_0001_later.sql']
  assert.deepEqual(await ready(), { ready: false, degraded: [], database: true, migrations: false, worker: true })
  pending = []
  await house.owner.query("update worker_heartbeats set at = now() - interval '2 minutes'")
  assert.deepEqual(
    await ready(2_000),
    { ready: true, degraded: ['worker'], database: true, migrations: true, worker: false },
    'migrations that were behind are looked at again at once',
  )
  assert.deepEqual(await sealing(), { lateSeconds: 0, onTime: true })
  await house.owner.query(
    `insert into audit_entries (id, at, actor_id, action, subject_kind, subject_id, detail_digest)
      values ($1, now() - interval '40 seconds', $1, 'a.b', 'k', 's', sha256(''))`,
    [uuidv7()],
  )
  const late = await sealing()
  assert.deepEqual(
    [late.lateSeconds! >= 40, late.onTime, (await asked.ask()).degraded],
    [true, false, ['worker', 'sealing']],
    'SEC-1: nothing seals: it is seen without the worker',
  )
  await house.owner.query('update worker_heartbeats set at = now()')
  assert.equal((await ready()).ready, true, 'and serving goes on')
  asked.stop()
  assert.equal((await asked.ask()).ready, false, 'who stops is ready for nothing more')
  await database.close()
})

test('REL-4: a connection that rests a minute and a half serves again, one that rests longer is closed', async t => {
  t.mock.timers.enable({ apis: ['setTimeout'] })
  const database = openDatabase(house.urls.webUrl)
  const backend = async () => (await database.first<{ pid: number }>(sql`select pg_backend_pid() as pid`))!.pid
  const first = await backend()
  t.mock.timers.tick(90_000)
  assert.equal(await backend(), first)
  t.mock.timers.tick(180_000)
  assert.notEqual(await backend(), first)
  await database.close()
})

test('REL-4: however often readiness is asked, PostgreSQL is asked once at a time, twice in two seconds at most, and migrations once a minute', async () => {
  const database = openDatabase(house.urls.webUrl, { connections: 1 })
  let [looks, migrations, at] = [0, 0, 0]
  const counting = {
    ...database,
    first: (query => {
      looks += 1
      return database.first(query)
    }) as typeof database.first,
  }
  const asked = readiness({
    database: counting,
    pendingMigrations: async () => {
      migrations += 1
      return []
    },
    now: () => at,
    withinMs: 60_000,
  })
  await Promise.all(Array.from({ length: 100 }, () => asked.ask()))
  assert.deepEqual([looks, migrations], [1, 1])
  at = 1_900
  await asked.ask()
  assert.equal(looks, 1)
  for (at = 2_000; at < 60_000; at += 2_000) await Promise.all([asked.ask(), asked.ask()])
  assert.deepEqual([looks, migrations], [30, 1])
  at = 61_000
  await asked.ask()
  assert.equal(migrations, 2)
  await database.close()
})

/** A way to PostgreSQL that can stop answering without closing, as a frozen server does. */
const throughIce = async () => {
  const { hostname, port } = new URL(house.urls.webUrl)
  let frozen = false
  const pipes = new Set<Socket>()
  const server = createServer(near => {
    const far = connect(Number(port), hostname)
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      pipes.add(from)
      from
        .on('data', chunk => {
          to.write(chunk)
        })
        .on('error', () => {})
        .on('close', () => {
          pipes.delete(from)
          to.destroy()
        })
      if (frozen) from.pause()
    }
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const url = new URL(house.urls.webUrl)
  url.hostname = '127.0.0.1'
  url.port = String((server.address() as AddressInfo).port)
  return {
    url: url.href,
    freeze: () => {
      frozen = true
      for (const pipe of pipes) pipe.pause()
    },
    thaw: () => {
      frozen = false
      for (const pipe of pipes) pipe.resume()
    },
    close: () => {
      server.close()
      for (const pipe of pipes) pipe.destroy()
    },
  }
}

test('REL-4: PostgreSQL frozen, requests under way and new ones are told within three seconds to come back, readiness says so within two, and all serve again once it thaws', async () => {
  const ice = await throughIce()
  const database = openDatabase(ice.url, { connections: 4 })
  const aside = openDatabase(ice.url, { connections: 1 })
  const server = await buildServer({
    database,
    actions: [slow],
    publicUrl: 'http://localhost',
    originKey: Buffer.alloc(32),
    requestsPerMinute: 1_000_000,
    shedLoad: false,
  })
  const asked = readiness({ database: aside, pendingMigrations: async () => [], keptMs: 0 })
  const timed = async <T>(work: Promise<T>) => {
    const began = performance.now()
    return { got: await work, ms: performance.now() - began }
  }
  const ask = () => timed(server.inject({ url: '/api/campaigns', headers: { cookie: person.cookie } }))
  pause = 0
  assert.equal((await ask()).got.statusCode, 200)
  assert.equal((await asked.ask()).database, true)
  ice.freeze()
  const [ready, ...answers] = await Promise.all([timed(asked.ask()), ...Array.from({ length: 12 }, ask)])
  assert.deepEqual([ready.got.database, ready.got.ready], [false, false])
  assert.ok(ready.ms < 5_000, `readiness took ${ready.ms.toFixed(0)} ms`)
  for (const { got, ms } of answers) {
    assert.deepEqual([got.statusCode, got.json().code, got.headers['retry-after']], [503, 'service/unavailable', '2'])
    assert.ok(ms < 8_000, `a request took ${ms.toFixed(0)} ms`)
  }
  const next = await ask()
  assert.equal(next.got.statusCode, 503)
  const waited = Math.min(...answers.map(({ ms }) => ms))
  assert.ok(next.ms < waited / 3, `once known, at once: ${next.ms.toFixed(0)} ms after ${waited.toFixed(0)}`)
  ice.thaw()
  for (
    const until = Date.now() + 20_000;
    (await ask()).got.statusCode !== 200;
    await new Promise(r => setTimeout(r, 50))
  )
    assert.ok(Date.now() < until, 'it never came back')
  for (const until = Date.now() + 20_000; !(await asked.ask()).database; await new Promise(r => setTimeout(r, 50)))
    assert.ok(Date.now() < until, 'readiness never came back')
  await server.close()
  await Promise.all([database.close(), aside.close()])
  ice.close()
})

test('REL-4: a slow statement is no frozen server: it is left to end', async () => {
  const at = await build({}, { connections: 2, stallMs: [100, 2_000] })
  pause = 8
  assert.equal((await at.ask()).statusCode, 200)
  pause = 0
  await at.close()
})

test('REL-4, REL-5: while load is shed, requests are told to come back, and liveness still answers', async t => {
  const { heapUsed: _, ...rest } = process.memoryUsage()
  t.mock.method(process, 'memoryUsage', () => ({ ...rest, heapUsed: 2_000_000_000 }))
  const at = await build({ shedLoad: true, exceptions: [health] })
  pause = 0
  for (
    const until = Date.now() + 20_000;
    (await at.ask()).statusCode === 200;
    await new Promise(r => setTimeout(r, 50))
  )
    assert.ok(Date.now() < until, 'never shed')
  const shed = await at.ask()
  assert.deepEqual(
    [shed.statusCode, shed.json().code, Number(shed.headers['retry-after']) > 0],
    [503, 'service/overloaded', true],
  )
  assert.deepEqual((await at.server.inject('/health/live')).json(), { live: true, ...version })
  await at.close()
})

test('REL-4: a service that has just started answers, however long its start held the loop, then sheds as it must', async t => {
  const { heapUsed: _, ...rest } = process.memoryUsage()
  t.mock.method(process, 'memoryUsage', () => ({ ...rest, heapUsed: 2_000_000_000 }))
  const at = await build({ shedLoad: true })
  pause = 0
  // The service's own watch stands at its start until one measure is made, however slow this machine.
  const now = performance.now.bind(performance)
  let start: number | undefined = now()
  t.mock.method(performance, 'now', () => start ?? now())
  await at.server.listen({ port: 0, host: '127.0.0.1' })
  await new Promise(r => setTimeout(r, 1_200))
  assert.equal((await at.ask()).statusCode, 200)
  start = undefined
  for (
    const until = Date.now() + 20_000;
    (await at.ask()).statusCode === 200;
    await new Promise(r => setTimeout(r, 50))
  )
    assert.ok(Date.now() < until, 'never shed')
  await at.close()
})
