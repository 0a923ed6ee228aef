import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import pg from 'pg'
import { answers, type EmbeddedOptions, findEmbedded, startEmbedded } from './embedded-postgres.ts'

const folder = mkdtempSync(join(tmpdir(), 'campagnes-embedded-'))
after(() => {
  for (let i = 0; i < 20; i++) rmSync(folder, { recursive: true, force: true })
})
const start = (name: string, options: Partial<EmbeddedOptions> = {}) =>
  startEmbedded({ dataDir: join(folder, name), ephemeral: true, ...options })
const ask = async <T>(url: string, text: string): Promise<T[]> => {
  const client = new pg.Client(url)
  client.on('error', () => {})
  await client.connect()
  try {
    return (await client.query(text)).rows as T[]
  } finally {
    await client.end()
  }
}
const serverPid = (name: string) =>
  Number(readFileSync(join(folder, name, 'postgres/postmaster.pid'), 'utf8').split('\n')[0])

test('a closed folder does not stop it, as root or not, with user namespaces or without, and its data passes from one way to the other', {
  timeout: 120_000,
}, async () => {
  mkdirSync(join(folder, 'closed'), { mode: 0o700 })
  const path = process.env.PATH
  try {
    for (const [PATH, kept] of [
      [path, 0],
      ['/nowhere', 1],
      [path, 2],
    ] as const) {
      // without unshare it is as where a container forbids them
      process.env.PATH = PATH
      const server = await start('closed/data')
      await ask(server.ownerUrl, 'create table if not exists seen (at timestamptz default now())')
      assert.equal((await ask(server.ownerUrl, 'select * from seen')).length, kept)
      await ask(server.ownerUrl, 'insert into seen default values')
      await server.stop()
    }
  } finally {
    process.env.PATH = path
  }
})

test('REL-1: a server that says it is recovering is waited for, however long; one that does not, no longer than the patience', async () => {
  const refusal = (code: string) => {
    const fields = Buffer.from(`SFATAL\0VFATAL\0C${code}\0Mnot yet\0\0`)
    const head = Buffer.from('E\0\0\0\0')
    head.writeInt32BE(fields.length + 4, 1)
    return Buffer.concat([head, fields])
  }
  let asked = 0
  const server = createServer(socket => {
    socket.on('error', () => {})
    socket.once('data', () => socket.end(refusal(++asked <= 10 ? '57P03' : '53300')))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const running = { exitCode: null, signalCode: null, once: () => running } as never
  assert.equal(await answers(`postgres://nobody@127.0.0.1:${port}/postgres`, running, 3), false)
  server.close()
  assert.equal(asked, 13)
})

test('SEC-6: passwords are made on the first start, kept closed, and asked of everyone', {
  timeout: 240_000,
}, async () => {
  const server = await start('scram')
  assert.equal(statSync(join(folder, 'scram/postgres-passwords.json')).mode & 0o777, 0o600)
  assert.equal(statSync(join(folder, 'scram/postgres')).mode & 0o777, 0o700)
  for (const url of [server.superUrl, server.ownerUrl, server.webUrl, server.signInUrl, server.workerUrl]) {
    const wrong = new URL(url)
    wrong.password = 'x'
    await assert.rejects(ask(wrong.href, 'select 1'), { code: '28P01' })
    wrong.password = ''
    await assert.rejects(ask(wrong.href, 'select 1'))
  }
  const roles = await ask<{ rolname: string }>(
    server.superUrl,
    "select rolname, rolsuper, rolbypassrls, rolcanlogin, rolcreaterole, rolcreatedb from pg_roles where rolname like 'cc\\_%' order by 1",
  )
  const plain = { rolsuper: false, rolbypassrls: false, rolcanlogin: true, rolcreaterole: false, rolcreatedb: false }
  assert.deepEqual(roles, [
    { rolname: 'cc_definer', ...plain, rolbypassrls: true, rolcanlogin: false },
    ...['cc_owner', 'cc_sign_in', 'cc_web', 'cc_worker'].map(rolname => ({ rolname, ...plain })),
  ])
  await assert.rejects(ask(server.webUrl, 'create table x (id int)'), { code: '42501' })
  await assert.rejects(ask(server.webUrl, 'set role cc_definer'), { code: '42501' })
  // What migrations do with definer functions and the queue's schema.
  await ask(
    server.ownerUrl,
    "create function f() returns int language sql as 'select 1'; grant create on schema public to cc_definer; alter function f() owner to cc_definer; revoke create on schema public from cc_definer",
  )
  await server.stop()
})

test('SEC-6, REL-5: a folder made before the role of signing in starts, and gains the role and its password; the others keep theirs', {
  timeout: 240_000,
}, async () => {
  const before = await start('older')
  await ask(before.superUrl, 'create table kept (n int)')
  for (const database of ['campagnes', 'postgres'])
    await ask(before.superUrl.replace(/postgres$/, database), 'drop owned by cc_sign_in')
  await ask(before.superUrl, 'drop role cc_sign_in')
  await before.stop()
  const file = join(folder, 'older/postgres-passwords.json')
  const { cc_sign_in: _gone, ...older } = JSON.parse(readFileSync(file, 'utf8'))
  writeFileSync(file, JSON.stringify(older))
  const after = await start('older')
  assert.deepEqual(await ask(after.signInUrl, 'select current_user as who'), [{ who: 'cc_sign_in' }])
  assert.equal(new URL(after.webUrl).password, older.cc_web)
  assert.deepEqual(await ask(after.superUrl, 'select * from kept'), [])
  assert.equal(statSync(file).mode & 0o777, 0o600)
  await after.stop()
})

test('one program at a time looks after a directory, and says who it is', { timeout: 240_000 }, async () => {
  const server = await start('one')
  server.tell('« un essai »')
  await assert.rejects(start('one'), /déjà servi par « un essai »/)
  assert.equal((await findEmbedded(join(folder, 'one')))?.ownerUrl, server.ownerUrl)
  await server.stop()
  assert.equal(await findEmbedded(join(folder, 'one')), undefined)
  await (await start('one')).stop()
})

test('REL-1, REL-6: what was acknowledged is there after its program is killed, or itself', {
  timeout: 120_000,
}, async context => {
  const program = join(import.meta.dirname, 'embedded-postgres.ts')
  const holder = spawn(
    process.execPath,
    [
      '--input-type=module',
      '-e',
      `
    const { startEmbedded } = await import(${JSON.stringify(program)})
    await startEmbedded({ dataDir: ${JSON.stringify(join(folder, 'killed'))} })
    console.log('started')
    setInterval(() => {}, 1000)`,
    ],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  )
  await once(holder.stdout, 'data')
  const { ownerUrl } = (await findEmbedded(join(folder, 'killed')))!
  await ask(ownerUrl, 'create table acknowledged (n int); insert into acknowledged select generate_series(1, 100)')
  const orphan = serverPid('killed')
  holder.kill('SIGKILL')
  await once(holder, 'exit')
  assert.ok(
    (await findEmbedded(join(folder, 'killed'))) !== undefined,
    'the orphan still answers, and holds the directory',
  )

  let restarts = 0
  const server = await start('killed', {
    ephemeral: false,
    onRestart: () => {
      restarts += 1
    },
  })
  context.after(() => server.stop())
  assert.notEqual(serverPid('killed'), orphan)
  assert.equal((await ask(server.ownerUrl, 'select * from acknowledged')).length, 100)
  await ask(server.ownerUrl, 'insert into acknowledged select generate_series(101, 200)')
  process.kill(serverPid('killed'), 'SIGKILL')
  for (let found = false; !found; await new Promise(r => setTimeout(r, 50)))
    found = restarts > 0 && (await findEmbedded(join(folder, 'killed'))) !== undefined
  assert.equal((await ask(server.ownerUrl, 'select * from acknowledged')).length, 200, 'at the same address')
  assert.equal(restarts, 1)
})
