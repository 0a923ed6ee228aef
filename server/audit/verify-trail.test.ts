import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { after, before, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { appendAudit } from '../platform/audit.ts'
import { uuidv7 } from '../platform/ids.ts'
import { type House, openHouse } from '../platform/testing.ts'
import { reportInWords, verifyTrail } from './verify-trail.ts'

let house: House
let client: pg.Client
before(async () => {
  house = await openHouse([])
  client = new pg.Client(house.urls.ownerUrl)
  await client.connect()
})
after(async () => {
  await client.end()
  await house.close()
})

const hard = { é: 'Œuvre « citée »', quotes: '"\\', controls: 'a\u0001\t\n\u007f', emoji: '🥐', number: 1.50, nested: [null, { a: true }] }
const append = async (action: string, detail: unknown = hard): Promise<string> => {
  const id = uuidv7()
  const act = { at: new Date(), actorId: null, organisationId: null, origin: 'essai"\\\u001f é', requestId: uuidv7() }
  await appendAudit(house.database, act, [{ action, subject: ['exchange', 'Œ\n"1"'], detail }], () => id)
  return id
}
/** What only the administrator of the database can do: takes the safeguards off, alters, puts them back. */
const tamper = async (...statements: string[]) => {
  const admin = new pg.Client(house.urls.superUrl)
  await admin.connect()
  await admin.query('alter table audit_entries disable trigger user')
  for (const statement of statements) assert.equal((await admin.query(statement)).rowCount, 1)
  await admin.query('alter table audit_entries enable trigger user')
  await admin.end()
}
const found = async () => (await verifyTrail(client)).altered.map(f => `${f.entryId} ${f.what}`)

test('SEC-1: a sound trail verifies, whatever its texts hold, at any microsecond', async () => {
  for (let i = 0; i < 20; i++) await append('exchange.recorded')
  const admin = new pg.Client(house.urls.ownerUrl)
  await admin.connect()
  for (const at of ['2026-11-25 00:00:00+00', '2026-11-25 10:00:00.1+00', '2026-11-25 10:00:00.000001+01', '1999-12-31 23:59:59.999999+00']) {
    await admin.query(`insert into audit_entries (id, at, actor_id, organisation_id, action, subject_kind, subject_id, detail_digest) values ($1, $2, $1, $1, 'a.b', 'k', 's', sha256(''))`, [uuidv7(), at])
  }
  await admin.end()
  const verification = await verifyTrail(client)
  assert.deepEqual(verification, { entries: 24, altered: [], erased: 4, missingSafeguards: [] })
  assert.match(reportInWords(verification).join('\n'), /Aucune altération trouvée\.\nRien n’est encore scellé/)
})

test('SEC-1: an altered entry, leaf or detail is found and named', async () => {
  const [row, instant, leaf, detail, both] = [await append('exchange.recorded'), await append('exchange.recorded'), await append('exchange.recorded'), await append('exchange.recorded', { a: 1 }), await append('exchange.recorded', { a: 1 })]
  await tamper(`update audit_entries set action = 'exchange.viewed' where id = '${row}'`)
  await tamper(`update audit_entries set at = at + interval '1 microsecond' where id = '${instant}'`)
  await tamper(`update audit_entries set leaf = sha256('x') where id = '${leaf}'`)
  await tamper(`update audit_details set detail = '{"a": 2}' where entry_id = '${detail}'`)
  await tamper(`update audit_details set detail = '{"a": 2}' where entry_id = '${both}'`, `update audit_entries set detail_digest = audit_detail_digest((select salt from audit_details where entry_id = '${both}'), '{"a": 2}') where id = '${both}'`)
  assert.deepEqual((await found()).sort(), [`${row} entry`, `${instant} entry`, `${leaf} entry`, `${detail} detail`, `${both} entry`].sort())
  const lines = reportInWords(await verifyTrail(client))
  for (const id of [row, leaf, detail]) assert.ok(lines.some(line => line.startsWith('ALTÉRÉ') && line.includes(id)))
})

test('SEC-1: erasing a person’s detail is no alteration; putting another in its place is', async () => {
  const [before, known] = [await verifyTrail(client), (await found()).length]
  const erased = await append('exchange.recorded')
  await tamper(`delete from audit_details where entry_id = '${erased}'`)
  assert.deepEqual([(await verifyTrail(client)).erased, (await found()).length], [before.erased + 1, known])
  await tamper(`insert into audit_details (entry_id, salt, detail) values ('${erased}', substring(sha256('') for 16), '{}')`)
  assert.ok((await found()).includes(`${erased} detail`))
})

test('SEC-1: a function of the database that lies, or a safeguard taken away, does not pass', async () => {
  const id = await append('exchange.recorded')
  const admin = new pg.Client(house.urls.superUrl)
  await admin.connect()
  await admin.query(`create or replace function audit_leaf(e audit_entries) returns bytea language sql stable as $$ select e.leaf $$`)
  await tamper(`update audit_entries set action = 'exchange.viewed' where id = '${id}'`)
  assert.ok((await found()).includes(`${id} entry`))
  await admin.query('alter table audit_entries disable trigger append_only')
  assert.deepEqual((await verifyTrail(client)).missingSafeguards, ['append_only'])
  await admin.query('alter table audit_entries enable trigger append_only')
  await admin.end()
})

test('SEC-1: the trail is append-only: the application can add to it, and neither read, change nor remove; the owner cannot change it either', async () => {
  const web = new pg.Client(house.urls.webUrl)
  await web.connect()
  for (const table of ['audit_entries', 'audit_details']) for (const statement of [`select * from ${table}`, `update ${table} set ${table === 'audit_entries' ? `action = 'x.y'` : `detail = '{}'`}`, `delete from ${table}`, `truncate ${table}`]) {
    await assert.rejects(web.query(statement), { code: '42501' }, statement)
  }
  await assert.rejects(web.query(`insert into audit_entries (id, at, actor_id, action, subject_kind, subject_id, detail_digest) values ($1, now(), $1, 'a.b', 'k', 's', sha256(''))`, [uuidv7()]), { code: '42501' }, 'in the name of another')
  await web.end()
  await assert.rejects(client.query('truncate audit_entries cascade'), /append-only/)
  const { rows: [before] } = await client.query('select count(*) from audit_entries')
  await client.query(`update audit_entries set action = 'x.y'`).catch(() => {})
  await client.query('delete from audit_entries').catch(() => {})
  assert.deepEqual((await client.query('select count(*) from audit_entries')).rows[0], before)
  assert.equal((await client.query(`select count(*)::int as n from audit_entries where action = 'x.y'`)).rows[0].n, 0)
})

test('SEC-1: npm run audit -- verify says what is wrong and ends with 1', async () => {
  const run = (...args: string[]) => new Promise<{ code: number; out: string }>(done => {
    execFile(process.execPath, [fileURLToPath(new URL('../audit.ts', import.meta.url)), ...args], { env: { ...process.env, DATABASE_OWNER_URL: house.urls.ownerUrl, DATABASE_URL: house.urls.webUrl } },
      (error, stdout, stderr) => done({ code: (error?.code as unknown as number) ?? 0, out: stdout + stderr }))
  })
  const bad = await run('verify')
  assert.equal(bad.code, 1, bad.out)
  assert.match(bad.out, /ALTÉRÉ[\s\S]*altérations trouvées[\s\S]*Rien n’est encore scellé/)
  await assert.doesNotReject(async () => assert.equal((await run('autre')).code, 2))
})
