import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import pg from 'pg'
import { emptyDatabase, freshDatabase, schemaFolder, type TestDatabase } from '../testing/database.ts'
import { temporaryFolder } from '../testing/folder.ts'
import { migrate, pendingMigrations } from './migrations.ts'

let base: TestDatabase
before(async () => {
  base = await freshDatabase()
})
after(() => base.drop())

const empty = emptyDatabase
const folder = (files: Record<string, string>) => schemaFolder({ migrations: files })

test('REL-6: what is missing is applied once, in order; a second run finds nothing', async () => {
  const at = await empty()
  const files = folder({
    '20270101_0002_b.sql': 'insert into first values (1)',
    '20270101_0001_a.sql': 'create table first (id int)',
  })
  assert.deepEqual(await pendingMigrations(at.url, files), ['20270101_0001_a.sql', '20270101_0002_b.sql'])
  assert.deepEqual(await migrate(at.url, files), ['20270101_0001_a.sql', '20270101_0002_b.sql'])
  assert.deepEqual(await migrate(at.url, files), [])
  assert.equal((await at.query('select * from first')).length, 1)
  await at.close()
})

test('REL-6: two runs at once apply each file once', async () => {
  const at = await empty()
  const files = folder({
    '20270101_0001_a.sql': 'create table once_only (id int); select pg_sleep(0.2); insert into once_only values (1)',
  })
  const both = await Promise.all([migrate(at.url, files), migrate(at.url, files)])
  assert.deepEqual(both.flat(), ['20270101_0001_a.sql'])
  assert.equal((await at.query('select * from once_only')).length, 1)
  await at.close()
})

test('REL-6: a file that fails leaves nothing of itself, keeps those before it, and is named', async () => {
  const at = await empty()
  const files = folder({
    '20270101_0001_a.sql': 'create table kept (id int)',
    '20270101_0002_b.sql': 'create table half (id int); select 1/0',
  })
  await assert.rejects(migrate(at.url, files), /20270101_0002_b\.sql/)
  assert.deepEqual(
    await at.query("select to_regclass('kept') is not null as kept, to_regclass('half') is null as undone"),
    [{ kept: true, undone: true }],
  )
  await at.close()
})

test('REL-6: a file changed after it was applied is refused, and so is a database newer than the program', async () => {
  const at = await empty()
  const files = folder({ '20270101_0001_a.sql': 'create table t (id int)' })
  await migrate(at.url, files)
  await assert.rejects(migrate(at.url, folder({ '20270101_0001_a.sql': 'create table t (id bigint)' })), /a changé/)
  await assert.rejects(migrate(at.url, folder({})), /plus ancien/)
  await at.close()
})

test('REL-6: a migration gives up after five seconds rather than hold the service behind a lock', {
  timeout: 90_000,
}, async () => {
  const at = await empty()
  await migrate(at.url, folder({ '20270101_0001_a.sql': 'create table busy (id int)' }))
  const reader = new pg.Client(at.url)
  await reader.connect()
  await reader.query('begin; select * from busy')
  await assert.rejects(
    migrate(
      at.url,
      folder({
        '20270101_0001_a.sql': 'create table busy (id int)',
        '20270101_0002_b.sql': 'alter table busy add column n int',
      }),
    ),
    /lock timeout/,
  )
  await reader.end()
  await at.close()
})

test('REL-6: an index is built while the table is read and written, outside a transaction', {
  timeout: 150_000,
}, async () => {
  const at = await empty()
  const a = { '20270101_0001_a.sql': 'create table busy (id int)' }
  await migrate(at.url, folder(a))
  const writer = new pg.Client(at.url)
  await writer.connect()
  await writer.query('begin; insert into busy values (1)')
  const building = migrate(
    at.url,
    folder({
      ...a,
      '20270101_0002_b.sql':
        '-- no transaction\ncreate index concurrently one on busy (id);\n-- then\ncreate index concurrently two on busy (id);\n',
    }),
  )
  await new Promise(r => setTimeout(r, 300))
  await at.query('insert into busy values (2)')
  await writer.query('commit')
  assert.deepEqual(await building, ['20270101_0002_b.sql'])
  assert.deepEqual(
    await at.query(
      "select relname, indisvalid from pg_index join pg_class on oid = indexrelid where indrelid = 'busy'::regclass order by 1",
    ),
    [
      { relname: 'one', indisvalid: true },
      { relname: 'two', indisvalid: true },
    ],
  )
  await writer.end()
  await at.close()
})

test('database/schema.ts and database/schema.sql are the schema of this program', () => {
  const fresh = temporaryFolder()
  const { status, stderr } = spawnSync(process.execPath, ['bin/schema.ts', base.ownerUrl, fresh], { encoding: 'utf8' })
  assert.equal(status, 0, stderr)
  for (const file of ['schema.ts', 'schema.sql'])
    assert.equal(
      readFileSync(join('database', file), 'utf8'),
      readFileSync(join(fresh, file), 'utf8'),
      'run npm run schema',
    )
})
