import assert from 'node:assert/strict'
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import pg from 'pg'
import { buildPages } from '../bin/build-pages.ts'
import { findEmbedded } from './demonstration/embedded-postgres.ts'
import { freePort } from './platform/ports.ts'
import { freshDatabase } from './testing/database.ts'
import { ownSettings } from './testing/processes.ts'
import { copyDemonstration } from './testing/service.ts'

const folder = mkdtempSync(join(tmpdir(), 'campagnes-start-'))
chmodSync(folder, 0o755)
const dataDir = join(folder, 'data')
before(
  async () => {
    await buildPages()
    // Its very first start, from nothing, is the one that laid it.
    await copyDemonstration(folder)
  },
  { timeout: 300_000 },
)
const children = new Set<ChildProcess>()
after(async () => {
  // Only after a failure is anything left.
  for (const child of children) if (child.kill('SIGTERM')) await once(child, 'exit')
  rmSync(folder, { recursive: true, force: true })
})

const clean = Object.fromEntries(
  Object.entries(process.env).filter(
    ([name]) => !/^(TEST_|DATABASE_|PROCONNECT_|PUBLIC_URL|PORT|DATA_DIR|HOST)/.test(name),
  ),
)
interface Started {
  readonly child: ChildProcess
  readonly output: () => string
  readonly url: string
  readonly operations: string
}
/** Runs what `npm start` runs, until its line with the address. */
const start = async (env: Record<string, string>): Promise<Started> => {
  const child = spawn(process.execPath, ['server/start.ts'], {
    env: { ...clean, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  children.add(child)
  child.once('exit', () => children.delete(child))
  let output = ''
  for (const stream of [child.stdout!, child.stderr!])
    stream.on('data', data => {
      output += data
    })
  const until = Date.now() + 240_000
  while (!/^Campagnes coordonnées : .*http:\/\/localhost:\d+/m.test(output)) {
    if (child.exitCode !== null || Date.now() > until) throw new Error(`no address:\n${output}`)
    await new Promise(r => setTimeout(r, 50))
  }
  await new Promise(r => setTimeout(r, 50))
  return {
    child,
    output: () => output,
    operations: `http://${/Mesures : ([^/\s]+)/.exec(output)![1]}`,
    url: output
      .slice(output.indexOf('Campagnes coordonnées :'))
      .split('\n')[0]!
      .match(/http:\/\/localhost:\d+/g)!
      .at(-1)!,
  }
}
const end = async ({ child }: Started, signal: NodeJS.Signals = 'SIGINT') => {
  const exited = once(child, 'exit')
  child.kill(signal)
  return (await exited)[0] as number | null
}
/** Waits half a minute for 200: what it last answered, for the message of a failure. */
const ready = async ({ operations }: Started) => {
  let answer = 'no answer'
  for (const until = Date.now() + 30_000; Date.now() < until; await new Promise(r => setTimeout(r, 200))) {
    answer = await fetch(`${operations}/health/ready`).then(
      async r => `${r.status} ${r.ok ? '' : await r.text()}`.trim(),
      String,
    )
    if (answer === '200') break
  }
  return answer
}
const alive = (pattern: string) => spawnSync('pgrep', ['-f', pattern], { encoding: 'utf8' }).stdout.trim()
const asOwner = async <T>(url: string, query: string): Promise<T[]> => {
  const client = new pg.Client(url)
  await client.connect()
  try {
    return (await client.query(query)).rows as T[]
  } finally {
    await client.end()
  }
}

test('REL-5, REL-6, SEC-1, TER-1: npm start serves, tells one address, lays contours under its maps, keeps its data a second time, seals its trail, and Ctrl-C stops everything', {
  timeout: 600_000,
}, async () => {
  const port = await freePort()
  const first = await start({ PORT: String(port), DATA_DIR: dataDir })
  assert.equal(first.url, `http://localhost:${port}`)
  assert.equal(first.output().match(/http:\/\/localhost:/g)?.length, 1)
  assert.equal(await ready(first), '200')
  assert.doesNotMatch(first.output(), /Deprecation/)
  const { live, version } = (await (await fetch(`${first.url}/health/live`)).json()) as {
    live: boolean
    version: string
  }
  assert.deepEqual(
    [live, version],
    [true, JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')).version],
  )
  assert.match(await (await fetch(first.url)).text(), /<html lang="fr"/)
  assert.match(
    await (await fetch(`${first.operations}/metrics`)).text(),
    /http_request_duration_seconds_count\{[^}]*route="\/health\/live"/,
  )
  assert.equal(
    (await fetch(`${first.url}/metrics`)).headers.get('content-type')?.startsWith('text/html'),
    true,
    'the measures are not on the public address',
  )
  const another = spawnSync(process.execPath, ['server/start.ts'], {
    env: { ...clean, DATA_DIR: dataDir, PORT: String(port) } as NodeJS.ProcessEnv,
    encoding: 'utf8',
    timeout: 150_000,
  })
  assert.equal(another.status, 1)
  assert.match(
    another.stderr,
    new RegExp(`déjà servi par « npm start » \\(processus ${first.child.pid}, ${first.url}\\)`),
    'a second start does not take the database from under the first',
  )
  const urls = (await findEmbedded(dataDir))!
  const [{ n: before } = { n: 0 }] = await asOwner<{ n: number }>(
    urls.ownerUrl,
    'select count(*)::int as n from accounts',
  )
  assert.deepEqual(
    await asOwner(
      urls.ownerUrl,
      `select kind, count(*)::int as n, bool_and(source like '%Licence Ouverte%') as told from contours
      where kind <> 'commune' or code in (select commune_code from establishments) group by kind order by kind`,
    ),
    [
      { kind: 'commune', n: 56, told: true },
      { kind: 'departement', n: 1, told: true },
      { kind: 'epci', n: 6, told: true },
    ],
    'each commune of the demonstration is drawn',
  )
  await asOwner(
    urls.ownerUrl,
    "insert into organisations (id, siret, name, kind, created_at) values (gen_random_uuid(), 99999999999999, 'Témoin', 'autre', now())",
  )
  assert.match(readFileSync(join(dataDir, 'postgres/pg_hba.conf'), 'utf8'), /scram-sha-256/)
  assert.doesNotMatch(readFileSync(join(dataDir, 'postgres/pg_hba.conf'), 'utf8'), /^(local|host).*trust/m)
  assert.equal(await end(first), 0)
  assert.equal(alive(dataDir), '', 'nothing is left running')

  const second = await start({ PORT: String(port), DATA_DIR: dataDir })
  const again = (await findEmbedded(dataDir))!
  assert.deepEqual(await asOwner(again.ownerUrl, 'select name from organisations where siret = 99999999999999'), [
    { name: 'Témoin' },
  ])
  assert.deepEqual(await asOwner(again.ownerUrl, 'select count(*)::int as n from accounts'), [{ n: before }])

  // A killed launcher leaves PostgreSQL an orphan; the next start stops it, and only it, and goes on.
  await end(second, 'SIGKILL')
  const third = await start({ PORT: String(port), DATA_DIR: dataDir })
  assert.equal(await ready(third), '200')

  // PostgreSQL itself killed under the running service: it comes back, and so does the service.
  const pid = Number(readFileSync(join(dataDir, 'postgres/postmaster.pid'), 'utf8').split('\n')[0])
  process.kill(pid, 'SIGKILL')
  // Readiness is kept two seconds, within which it may be back: what tells is that another process holds the cluster.
  const holder = () => {
    try {
      return Number(readFileSync(join(dataDir, 'postgres/postmaster.pid'), 'utf8').split('\n')[0])
    } catch {
      return pid
    }
  }
  while (holder() === pid || !(await findEmbedded(dataDir))) await new Promise(r => setTimeout(r, 50))
  assert.equal(await ready(third), '200', third.output())

  // Through all these ends the trail was sealed, and is sound.
  const unsealed = async () =>
    (
      await asOwner<{ n: number }>(
        (await findEmbedded(dataDir))!.ownerUrl,
        'select count(*)::int as n from audit_entries e where not exists (select from trail_leaves l where l.entry_id = e.id)',
      )
    )[0]!.n
  for (const until = Date.now() + 30_000; (await unsealed()) > 0 && Date.now() < until; )
    await new Promise(r => setTimeout(r, 200))
  const verified = spawnSync(process.execPath, ['server/audit.ts', 'verify'], {
    env: { ...clean, DATA_DIR: dataDir } as NodeJS.ProcessEnv,
    encoding: 'utf8',
    timeout: 240_000,
  })
  assert.match(verified.stdout, /, dont [1-9]\S* scellées? ; [\s\S]*Aucune altération trouvée\./, verified.stderr)
  assert.equal(verified.status, 0)
  assert.equal(await end(third, 'SIGTERM'), 0)
})

let running: Started
test('REL-6: a taken port is said, and another one is used', { timeout: 300_000 }, async t => {
  const taken = createServer().listen(0, '127.0.0.1')
  t.after(() => {
    taken.close()
  })
  await once(taken, 'listening')
  const { port } = taken.address() as { port: number }
  const stuck = join(folder, 'stuck.mjs')
  writeFileSync(
    stuck,
    "import { isMainThread } from 'node:worker_threads'; if (isMainThread) process.on('SIGUSR2', () => { for (;;); })",
  )
  running = await start({
    PORT: String(port),
    DATA_DIR: dataDir,
    // For the test that follows, over the same service.
    WATCHDOG_SECONDS: '5',
    NODE_OPTIONS: `--import=file://${stuck}`,
  })
  assert.match(running.output(), new RegExp(`Le port ${port} est pris`))
  assert.notEqual(running.url, `http://localhost:${port}`)
  assert.equal(await ready(running), '200')
})

test('REL-4: a web process that no longer turns is ended and started again', { timeout: 300_000 }, async () => {
  const started = running
  const web = () =>
    Number(
      spawnSync('pgrep', ['-P', String(started.child.pid), '-f', 'server/main.ts'], { encoding: 'utf8' }).stdout.trim(),
    )
  const before = web()
  assert.equal(await ready(started), '200')
  process.kill(before, 'SIGUSR2')
  for (const until = Date.now() + 60_000; web() === before && Date.now() < until; )
    await new Promise(r => setTimeout(r, 100))
  assert.equal(await ready(started), '200', started.output())
  assert.notEqual(web(), before)
  assert.match(started.output(), /web: the loop has not turned for 5 s/)
  assert.match(started.output(), /main\.ts s’est arrêté \(SIGKILL\) ; on le relance/)
  assert.equal(await end(started), 0)
})

test('REL-6, SEC-6: with an outside PostgreSQL and real settings the same program runs, and the web never sees the owner nor the worker', {
  timeout: 300_000,
}, async () => {
  const outside = await freshDatabase()
  const started = await start({
    PORT: String(await freePort()),
    DATA_DIR: join(folder, 'unused'),
    DATABASE_URL: outside.webUrl,
    DATABASE_SIGN_IN_URL: outside.signInUrl,
    DATABASE_OWNER_URL: outside.ownerUrl,
    DATABASE_WORKER_URL: outside.workerUrl,
    PUBLIC_URL: 'http://localhost:1',
    METRICS_PORT: String(await freePort()),
    ...ownSettings(folder),
  })
  assert.equal(await ready(started), '200')
  assert.deepEqual(
    await asOwner(outside.ownerUrl, 'select count(*)::int as n from accounts'),
    [{ n: 0 }],
    'no demonstration on a real database',
  )
  // What each process was given, as the kernel tells it: its own secrets, and no other's.
  const environments = Object.fromEntries(
    spawnSync('pgrep', ['-P', String(started.child.pid)], { encoding: 'utf8' })
      .stdout.trim()
      .split('\n')
      .map(pid => {
        const [command, given] = ['cmdline', 'environ'].map(name =>
          readFileSync(`/proc/${pid}/${name}`, 'utf8').split('\0'),
        ) as [string[], string[]]
        return [
          command
            .find(word => word.endsWith('.ts'))!
            .split('/')
            .at(-1)!,
          given,
        ]
      }),
  )
  const holds = (file: string) =>
    ['ownerUrl', 'webUrl', 'signInUrl', 'workerUrl'].filter(role =>
      environments[file]!.some(setting => setting.includes(outside[role as 'ownerUrl'])),
    )
  assert.deepEqual([holds('main.ts'), holds('worker.ts')], [['webUrl', 'signInUrl'], ['workerUrl']])
  const named = (file: string) =>
    ['AUDIT_SIGNING_KEY', 'SMTP_URL', 'ENCRYPTION_KEY', 'PROCONNECT_CLIENT_SECRET'].filter(name =>
      environments[file]!.some(setting => setting.startsWith(`${name}=`)),
    )
  assert.deepEqual(
    [named('main.ts'), named('worker.ts')],
    [
      ['ENCRYPTION_KEY', 'PROCONNECT_CLIENT_SECRET'],
      ['AUDIT_SIGNING_KEY', 'SMTP_URL'],
    ],
  )
  await end(started)
  await outside.drop()
})

test('REL-6: missing settings are listed and nothing listens', async () => {
  const { status, stderr } = spawnSync(process.execPath, ['server/start.ts'], {
    env: { ...clean, DATABASE_URL: 'postgres://x@localhost/y' } as NodeJS.ProcessEnv,
    encoding: 'utf8',
    timeout: 150_000,
  })
  assert.equal(status, 1)
  for (const name of [
    'DATABASE_SIGN_IN_URL',
    'DATABASE_WORKER_URL',
    'PUBLIC_URL',
    'PROCONNECT_ISSUER',
    'PROCONNECT_CLIENT_ID',
    'PROCONNECT_CLIENT_SECRET',
    'ENCRYPTION_KEY',
    'SECURITY_CONTACT',
    'SMTP_URL',
    'MAIL_FROM',
    'AUDIT_SIGNING_KEY',
    'AUDIT_WITNESS_FILE',
  ])
    assert.match(stderr, new RegExp(name))
})
