import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type RawBuilder, sql } from 'kysely'
import pg from 'pg'
import { draftDays, mostDrafts, mostFormText } from '../../../contract/work-with-employers/drafts.ts'
import { uuidv7 } from '../../platform/ids.ts'
import { tokenHash } from '../../platform/session-cookie.ts'
import { insertSession } from '../../signing-in/identity/testing.ts'
import { type House, once, openHouse, type Person } from '../../testing/house.ts'
import {
  disagreements,
  mayWrite,
  rowsWritten,
  sightsOf,
  someoneDisagrees,
  withPolicyChanged,
} from '../../testing/parity.ts'
import { insertPlaces, peopleOfAllKinds, pick, seededRandom } from '../../testing/people.ts'
import { exchanges } from '../exchanges/index.ts'
import { whereTyped } from './draft-rules.ts'
import { mayReadDraft } from './drafts.policy.ts'
import { drafts } from './index.ts'
import { purgeDrafts } from './purge-drafts.job.ts'

const bakery = '31000000000001'
const advisor = [
  { tool: 'campagnes', profile: 'conseiller', territoryId: 2033 },
  { tool: 'fiche-etablissement', profile: 'consultation', territoryId: 2033 },
] as const
let now = new Date('2026-11-25T09:12:00Z')
let house: House
let claire: Person
let onPhone: Person
let karim: Person
before(async () => {
  house = await openHouse([...drafts, ...exchanges], { clock: () => now })
  await insertPlaces(house)
  await house.owner.query(
    `insert into establishments (siret, siren, nic, usual_name, active, head_office, diffusion, region_id,
      departement_id, row_hash) values ($1::bigint, $1::bigint / 100000, $1::bigint % 100000, 'BOULANGERIE', true, true,
      'O', 1075, 2033, 0)`,
    [bakery],
  )
  const [cc, mission] = [await house.organisation(), await house.organisation()]
  claire = await house.person(cc.id, [...advisor])
  onPhone = { ...claire, cookie: (await insertSession(house.owner, claire.id)).cookie }
  karim = await house.person(mission.id, [...advisor])
})
after(() => house.close())

const desk = { 'user-agent': 'Mozilla/5.0 (Windows NT 10.0) Firefox/140.0' }
const phone = { 'user-agent': 'Mozilla/5.0 (Linux; Android 15) Chrome/140.0' }
const path = (subject = bakery, kind = 'exchange') => `/drafts/${kind}/${subject}`
const save = (who: Person, content: object, seen = 0, headers: Record<string, string> = desk, at = path()) =>
  house.call(who, 'PUT', at, { content, seen }, headers)
const read = async (who: Person, headers: Record<string, string> = desk, at = path()) =>
  (await house.call(who, 'GET', at, undefined, headers)).body.draft
const discard = (who: Person, at = path()) => house.call(who, 'DELETE', at)
const entries = async () => (await house.owner.query('select count(*)::int as n from audit_entries')).rows[0].n

test('UX-3: what is typed is kept, found again on another device, continued there, and the first one is told', async () => {
  assert.equal(await read(claire), null)
  const trail = await entries()
  const first = await save(claire, { notes: 'Deux dép' })
  assert.deepEqual([first.status, first.body.version, first.body.place], [200, 1, 'here'])
  now = new Date('2026-11-25T09:13:00Z')
  assert.equal((await save(claire, { notes: 'Deux départs' }, 1)).body.version, 2)
  const elsewhere = await read(onPhone, phone)
  assert.deepEqual(
    [elsewhere.content, elsewhere.startedAt, elsewhere.place, elsewhere.device, elsewhere.version],
    [{ notes: 'Deux départs' }, '2026-11-25T09:12:00.000Z', 'other-device', 'Firefox sur Windows', 2],
  )
  assert.equal((await read(onPhone, desk)).place, 'other-session')

  assert.equal((await save(onPhone, { notes: 'Deux départs en mars' }, 2, phone)).body.version, 3)
  const refused = await save(claire, { notes: 'Deux départs, un' }, 2)
  assert.deepEqual(
    [
      refused.status,
      refused.body.code,
      refused.body.current.content,
      refused.body.current.place,
      refused.body.current.version,
    ],
    [409, 'draft/newer-elsewhere', { notes: 'Deux départs en mars' }, 'other-device', 3],
  )
  assert.equal(
    (await save(claire, { notes: 'Deux départs, un' }, 3)).body.version,
    4,
    'having read it, one may write over it',
  )
  assert.equal(
    (await save(claire, { notes: 'Deux départs, un en mars' }, 3)).body.version,
    5,
    'an answer lost on the way is no conflict with oneself',
  )
  assert.equal(await entries(), trail, 'a draft is no act')
  assert.equal((await discard(onPhone)).body.discarded, true)
  assert.equal((await discard(claire)).body.discarded, false)
  assert.equal(await read(claire), null)
  await save(claire, { notes: 'Encore' }, 5)
  assert.equal((await read(claire)).version, 6, 'words typed after it was discarded elsewhere are kept')
  await discard(claire)
})

test('UX-3: recording the exchange takes its draft away, in the same transaction', async () => {
  const exchange = { siret: bakery, occurredOn: '2026-11-25', channel: 'telephone', result: 'besoin-detecte' }
  await save(claire, { notes: 'x' })
  await save(karim, { notes: 'y' })
  assert.equal(
    (await house.call(claire, 'POST', '/exchanges', { ...exchange, occurredOn: '2026-11-26' }, once())).status,
    422,
  )
  assert.notEqual(await read(claire), null, 'refused: the draft stays')
  const {
    body: { id },
  } = await house.call(claire, 'POST', '/exchanges', exchange, once())
  assert.equal(await read(claire), null)
  assert.notEqual(await read(karim), null, 'another’s stays')
  const at = path(id, 'exchange-correction')
  await save(claire, { notes: 'Mieux' }, 0, desk, at)
  const { items } = (await house.call(claire, 'GET', '/drafts')).body
  assert.deepEqual(
    items.map((d: any) => [d.kind, d.subject, d.siret, d.establishmentName, 'content' in d]),
    [['exchange-correction', id, bakery, 'BOULANGERIE', false]],
  )
  const { siret: _, ...correction } = exchange
  assert.equal((await house.call(claire, 'PUT', `/exchanges/${id}`, correction, { 'if-match': '"1"' })).status, 200)
  assert.equal(await read(claire, desk, at), null)
})

test('UX-3: what is recorded under the key of a draft takes it away, in the same transaction, and no other', async () => {
  const exchange = { siret: bakery, occurredOn: '2026-11-25', channel: 'telephone', result: 'besoin-detecte' }
  const key = once()
  const sendKey = key['idempotency-key']
  const [mine, older, short] = [path('a1', 'set-aside'), path('a2', 'set-aside'), path('a3', 'set-aside')]
  const keep = (who: Person, at: string, under?: string) =>
    house.call(who, 'PUT', at, { content: { reason: 'x' }, seen: 0, ...(under ? { sendKey: under } : {}) })
  for (const [who, at, under] of [
    [claire, mine, sendKey],
    [claire, older, once()['idempotency-key']],
    [claire, short, undefined],
    [karim, mine, sendKey],
  ] as const)
    assert.deepEqual([(await keep(who, at, under)).status, (await read(who, desk, at)).sendKey], [200, under ?? null])
  const send = (occurredOn: string) => house.call(claire, 'POST', '/exchanges', { ...exchange, occurredOn }, key)
  assert.equal((await send('2026-11-26')).status, 422)
  assert.notEqual(await read(claire, desk, mine), null, 'refused: the draft stays')
  assert.equal((await send('2026-11-25')).status, 200)
  assert.deepEqual(
    [await read(claire, desk, mine), await read(claire, desk, older), await read(claire, desk, short)].map(Boolean),
    [false, true, true],
  )
  assert.notEqual(await read(karim, desk, mine), null, 'another’s stays, were the key the same')
  assert.equal((await send('2026-11-25')).status, 200)
  for (const wrong of ['', 'court', 'avec espace', 'x'.repeat(129), 12])
    assert.equal((await house.call(claire, 'PUT', mine, { content: {}, seen: 0, sendKey: wrong })).status, 400)
  for (const at of [older, short]) await discard(claire, at)
  await discard(karim, mine)
})

test('SEC-6: a draft is nobody else’s: the same answer as when there is none', async () => {
  await save(claire, { notes: 'Pour moi seule' })
  await discard(karim)
  const lead = await house.person(claire.organisationId, [
    { tool: 'campagnes', profile: 'pilote', territoryId: 0 },
    ...advisor,
  ])
  for (const who of [karim, lead]) {
    assert.equal(await read(who), null)
    assert.deepEqual((await house.call(who, 'GET', '/drafts')).body.items, [])
    assert.equal((await discard(who)).body.discarded, false)
  }
  assert.equal((await save(lead, { notes: 'Le mien' })).status, 200)
  assert.equal((await read(claire)).content.notes, 'Pour moi seule')
  const reader = await house.person(claire.organisationId, [
    { tool: 'campagnes', profile: 'consultation', territoryId: 2033 },
  ])
  assert.deepEqual(
    [(await save(reader, {})).body.code, (await house.call(null, 'GET', path())).status],
    ['access/no-grant', 401],
  )
  await discard(claire)
})

const form = { title: 'Projet de convention', path: '/conventions/nouvelle', version: 4 }
const conventionAt = path('new', 'convention')

test('UX-3: any form keeps a draft under its name, whatever one’s rights, told where it stands and of which version', async () => {
  const signatory = await house.person(claire.organisationId, [])
  const long = { 'partenaire.name': 'Anne', body: 'é'.repeat(200_000) }
  const put = (content: object, seen: number, said: object | undefined = form) =>
    house.call(signatory, 'PUT', conventionAt, { content, seen, ...(said && { form: said }) }, desk)
  assert.deepEqual((await put({ number: '12' }, 0)).body.form, form)
  assert.equal((await put(long, 1)).status, 200, 'a text is as long as the largest form')
  assert.deepEqual((await read(signatory, phone, conventionAt)).content, long)
  const { items } = (await house.call(signatory, 'GET', '/drafts')).body
  assert.deepEqual(
    items.map((d: any) => [d.kind, d.subject, d.siret, d.form]),
    [['convention', 'new', null, form]],
  )
  assert.equal(await read(claire, desk, conventionAt), null, 'another’s of the same name is nobody else’s')
  assert.equal((await put({ body: 'x'.repeat(mostFormText), a: 'x' }, 2)).status, 400)
  assert.equal(
    (await put({ one: 'x'.repeat(150_000), other: 'x'.repeat(150_000) }, 2)).body.code,
    'draft/too-long',
    'all its words together',
  )
  for (const wrong of [
    { ...form, path: '//ailleurs.fr' },
    { ...form, path: 'https://ailleurs.fr' },
    { ...form, path: '/textes?x=1' },
    { ...form, title: '' },
    { ...form, version: -1 },
  ])
    assert.equal((await put({ number: '12' }, 2, wrong)).status, 400, JSON.stringify(wrong))
  for (const straight of ['//ailleurs.fr', '/a?b', 'a'])
    await assert.rejects(house.owner.query('update drafts set path = $1 where kind = $2', [straight, 'convention']), {
      constraint: 'drafts_path_check',
    })
  assert.equal((await discard(signatory, conventionAt)).body.discarded, true)
  assert.equal((await house.call(signatory, 'PUT', path(), { content: {}, seen: 0 })).body.code, 'access/no-grant')
})

test('UX-3: drafts that weigh too much together are refused, and say so', async () => {
  const person = await house.person(claire.organisationId, [])
  await house.owner.query(
    `insert into drafts (account_id, kind, subject, content, version, started_at, saved_at, session_id, device)
      select $1, 'convention', n::text, jsonb_build_object('body', (select string_agg(md5(random()::text || n || m), '')
        from generate_series(1, 6000) m)), 1, now(), now(), $2, '' from generate_series(1, 30) n`,
    [person.id, uuidv7()],
  )
  assert.equal((await save(person, { body: 'x' }, 0, desk, conventionAt)).body.code, 'draft/too-many')
  await house.owner.query('delete from drafts where account_id = $1', [person.id])
})

test('UX-3: refused: oversize, malformed, too many', async () => {
  for (const content of [
    { notes: 'x'.repeat(4001) },
    { 'no-tes': 'x' },
    { notes: 3 },
    { notes: null },
    Object.fromEntries(Array.from({ length: 31 }, (_, n) => [`x${'abcdefghijklmnopqrstuvwxyzABCDE'[n]}`, ''])),
    'x',
    null,
  ]) {
    const answer = await save(claire, content as object)
    assert.deepEqual(
      [answer.status, answer.body.code],
      [400, 'request/malformed'],
      JSON.stringify(content)?.slice(0, 40),
    )
  }
  assert.deepEqual(
    [(await save(claire, { a: 'x'.repeat(4000), b: 'x'.repeat(4000), c: 'x'.repeat(2000) })).body.code],
    ['draft/too-long'],
  )
  assert.equal((await house.call(claire, 'PUT', path(), { content: {} })).body.code, 'request/malformed')
  for (const at of [path('x'), path(bakery, 'Autre'), path(`${bakery}1`)])
    assert.equal((await save(claire, {}, 0, desk, at)).body.code, 'request/malformed', at)
  assert.equal(await read(claire), null)
  const many = await house.person(claire.organisationId, [...advisor])
  assert.equal((await save(many, { notes: 'x' }, 0, desk, path('31000000100000'))).status, 200)
  await house.owner.query(
    `insert into drafts (account_id, kind, subject, content, version, started_at, saved_at, session_id, device)
      select $1, 'set-aside', n::text, jsonb_build_object('reason', repeat('x', 300)), 1, now(), now(), $2, ''
      from generate_series(2, $3::int) n`,
    [many.id, uuidv7(), mostDrafts - 1],
  )
  assert.equal((await save(many, { notes: 'x' }, 0, desk, path('31000000100001'))).status, 200, 'the last one')
  assert.equal((await save(many, { notes: 'x' })).body.code, 'draft/too-many')
  assert.equal(
    (await save(many, { notes: 'y' }, 1, desk, path('31000000100000'))).body.version,
    2,
    'one that is there is still written',
  )
  const longest = { notes: '€'.repeat(3990), need: '€'.repeat(3990) }
  assert.equal(
    (await save(many, longest, 2, desk, path('31000000100000'))).status,
    200,
    'what the rule accepts, the table holds',
  )
})

test('REL-4: a draft whose kind and subject disagree is refused, by the table too, and the list of the others still answers', async () => {
  await save(claire, { notes: 'x' })
  for (const at of [path(uuidv7(), 'exchange'), path(bakery, 'exchange-correction')]) {
    const answer = await save(claire, { notes: 'y' }, 0, desk, at)
    assert.deepEqual([answer.status, answer.body.code], [400, 'request/malformed'], at)
    const [, , kind, subject] = at.split('/')
    const straight = house.owner.query(`insert into drafts values ($1, $2, $3, '{}', 1, now(), now(), $4, '')`, [
      claire.id,
      kind,
      subject,
      uuidv7(),
    ])
    await assert.rejects(straight, { constraint: 'drafts_subject_of_kind' })
    assert.equal(await read(claire, desk, at), null)
  }
  assert.deepEqual(
    (await house.call(claire, 'GET', '/drafts')).body.items.map((d: any) => d.subject),
    [bakery],
  )
  for (const seen of [2 ** 31 - 1, 2 ** 31, 2 ** 53, -1, 0.5])
    assert.equal((await save(claire, { notes: 'z' }, seen)).status, 400, String(seen))
  assert.equal((await save(claire, { notes: 'z' }, 1_000_000_000)).status, 200)
  await discard(claire)
  assert.deepEqual(
    [
      (await save(claire, { notes: 'z' }, 1_000_000_000)).status,
      (await save(claire, { notes: 'z' }, 1_000_000_000)).body.version,
    ],
    [200, 1_000_000_002],
    'the largest version is followed',
  )
  await discard(claire)
})

test('UX-3: a locked session neither reads nor writes it, and finds it whole once proven again', async () => {
  await save(claire, { notes: 'Au milieu' })
  await house.owner.query(`update sessions set last_seen_at = now() - interval '31 minutes' where account_id = $1`, [
    claire.id,
  ])
  assert.deepEqual(
    [(await save(claire, { notes: 'Au milieu de' }, 1)).body.code, (await house.call(claire, 'GET', path())).body.code],
    ['session/locked', 'session/locked'],
  )
  await house.owner.query('update sessions set last_seen_at = now() where account_id = $1', [claire.id])
  assert.equal((await read(claire)).content.notes, 'Au milieu')
  assert.equal((await save(claire, { notes: 'Au milieu de' }, 1)).status, 200)
  await discard(claire)
})

test('UX-3: two devices write the same version at once: one is kept, the other is told', async () => {
  await save(claire, { notes: 'commun' })
  const third = { ...claire, cookie: (await insertSession(house.owner, claire.id)).cookie }
  const answers = await Promise.all([save(onPhone, { notes: 'un' }, 1, phone), save(third, { notes: 'deux' }, 1)])
  assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 409])
  await discard(claire)
})

test(`UX-3: purged by the nightly job ${draftDays} days after the last word, and its log says how many, nothing else`, async () => {
  await house.owner.query('delete from drafts')
  for (const [at, days] of [
    [path(), draftDays - 0.01],
    [path('31000000000002'), draftDays + 0.01],
  ] as const) {
    await save(claire, { notes: 'Secret' }, 0, desk, at)
    await house.owner.query('update drafts set saved_at = now() - make_interval(secs => $1) where subject = $2', [
      days * 86_400,
      at.split('/').at(-1),
    ])
  }
  const said: string[] = []
  const client = new pg.Client(house.urls.workerUrl)
  await client.connect()
  await purgeDrafts.run(
    {},
    {
      withPgClient: async work => work(client as never),
      logger: { info: (line: string) => said.push(line) } as never,
      abortSignal: undefined as never,
    },
  )
  await client.end()
  assert.deepEqual(
    (await house.owner.query('select subject from drafts')).rows.map(r => r.subject),
    [bakery],
  )
  assert.deepEqual(said, ['purged 1 drafts'])
})

test('UX-3: where a draft was typed, in words', () => {
  const here = { sessionId: 'a', device: 'Chrome sur Android' }
  assert.deepEqual(
    [
      whereTyped(here, here),
      whereTyped({ ...here, sessionId: 'b' }, here),
      whereTyped({ sessionId: 'b', device: 'Firefox' }, here),
    ],
    ['here', 'other-session', 'other-device'],
  )
})

test('SEC-6: drafts: the policy and the database agree on every pair, and not when a clause goes', async () => {
  const random = seededRandom(641)
  await house.owner.query('delete from drafts')
  const organisations = [(await house.organisation()).id, (await house.organisation()).id]
  const hashes = await peopleOfAllKinds(house, organisations, 130, random)
  const { rows: accounts } = await house.owner.query('select id from accounts where organisation_id = any ($1)', [
    organisations,
  ])
  const rows = Array.from({ length: 1000 }, (_, n) => ({
    id: String(31000000000000 + n),
    accountId: pick(random, accounts).id as string,
  }))
  await house.owner.query(
    `insert into drafts (account_id, kind, subject, content, version, started_at, saved_at, session_id, device)
      select "accountId", case when id::bigint % 2 = 0 then 'exchange' else 'convention' end, id, '{}', 1, now(), now(), $2, ''
      from jsonb_to_recordset($1) as r (id text, "accountId" uuid)`,
    [JSON.stringify(rows), uuidv7()],
  )
  const sights = (some: readonly Buffer[]) =>
    sightsOf(house.database, some, sql<{ id: string }>`select subject as id from drafts`)
  const seen = await sights(hashes)
  assert.ok(seen.length * rows.length >= 100_000)
  assert.ok(seen.some(s => s.ids.size > 0))
  assert.deepEqual(disagreements(seen, rows, mayReadDraft).slice(0, 2), [])
  assert.notEqual(
    disagreements(seen, rows, (v, r) => v.accountId === r.accountId).length,
    0,
    'whatever the state of the session',
  )
  for (const using of ['(select ctx.ok())', 'account_id = (select ctx.account()) or (select ctx.ok())', 'false']) {
    await withPolicyChanged(house.owner, 'drafts', 'own', using, async () =>
      assert.ok(await someoneDisagrees(hashes, sights, rows, mayReadDraft), using),
    )
  }
})

test('SEC-6: straight to the table, nobody lays a draft in another’s name, nor gives one away', async () => {
  const { id: organisationId } = await house.organisation()
  const [own, other] = [await house.person(organisationId, [{}]), await house.person(organisationId, [{}])]
  const tried = (statement: RawBuilder<unknown>) =>
    mayWrite(house.database, tokenHash(own.cookie.slice('session='.length)), statement)
  const insert = (accountId: string) => sql`insert into drafts (account_id, kind, subject, content, version, started_at,
      saved_at, session_id, device) values (${accountId}::uuid, 'exchange', '31000000000001', '{}', 1, now(), now(),
      ${uuidv7()}, '')`
  assert.deepEqual([await tried(insert(own.id)), await tried(insert(other.id))], [true, false])
  for (const { id } of [own, other])
    await house.owner.query(
      `insert into drafts (account_id, kind, subject, content, version, started_at, saved_at, session_id, device)
        values ($1, 'exchange', '31000000000002', '{}', 1, now(), now(), $2, '')`,
      [id, uuidv7()],
    )
  assert.equal(await tried(sql`update drafts set account_id = ${other.id}::uuid, subject = '31000000000003'`), false)
  const rows = await rowsWritten(
    house.database,
    tokenHash(own.cookie.slice('session='.length)),
    sql`update drafts set version = 2`,
  )
  assert.equal(rows, 1, 'without reading first')
})
