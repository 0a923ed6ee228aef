import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import pg from 'pg'
import * as contract from '../../contract/index.ts'
import { commonBodyLimit, profiles, type Reply, type Route, tools } from '../../contract/route.ts'
import { giveRole } from '../people-and-rights/accounts/testing.ts'
import { routes } from '../testing/contract.ts'
import { type House, once, openHouse, type Person } from '../testing/house.ts'
import { withPolicyChanged } from '../testing/parity.ts'
import { until } from '../testing/until.ts'
import { action } from './action.ts'
import type { Db } from './database.ts'
import { gate } from './envelope.ts'
import { Refused } from './errors.ts'
import { uuidv7 } from './ids.ts'
import { tokenHash } from './session-cookie.ts'

const { createCampaign, editCampaign, listCampaigns, openCampaign } = contract.campaigns
const body = {
  name: 'Essai',
  purpose: 'prospection',
  territoryId: 0,
  startsOn: '2026-01-01',
  endsOn: '2026-02-01',
  memberIds: [],
}
const reply = (id: string, over: object = {}): Reply<typeof createCampaign> => ({
  id,
  name: 'Essai',
  purpose: 'prospection',
  description: null,
  territory: { id: 0, kind: 'national', code: 'FR', name: 'France' },
  startsOn: '2026-01-01',
  endsOn: '2026-02-01',
  status: 'draft',
  pilot: { id, name: 'P', kind: 'autre' },
  members: [],
  contactDelayDays: 30,
  conflictScope: 'establishment',
  leads: [],
  goals: [],
  step: 'objet',
  counts: { targets: 0, contacted: 0, undecided: 0 },
  createdAt: '2026-01-01T08:00:00Z',
  createdBy: { id, name: 'P', organisationId: id },
  closesOn: null,
  openedAt: null,
  closedAt: null,
  version: 1,
  allowed: [],
  ...over,
})
// A toy write on a table of this test's own, standing on a real route: what is tried here is the envelope, not
// campaigns.
let behaviour: (id: string) => object = id => reply(id)
let races = 0
let during: () => Promise<unknown> = async () => {}
const toy = action(createCampaign, {
  load: async () => ({}),
  may: (_viewer, _subject, input) => (input.body.name === 'Interdit' ? 'campaign/pilot-only' : true),
  run: async (_subject, _input, { db, newId }) => {
    const id = newId()
    await db.run(sql`insert into toys values (${id})`)
    if (races > 0) {
      races -= 1
      throw Object.assign(new Error('deadlock detected'), { code: '40P01' })
    }
    await during()
    return {
      reply: behaviour(id) as never,
      audit: [{ action: 'toy.written', subject: ['toy', id], detail: { secret: 'corps' } }],
    }
  },
})
// On one thing among others: its id is in the address.
const toyOn = action(openCampaign, {
  load: async () => ({}),
  may: () => true,
  run: async (_subject, { params }, { db, newId }) => {
    await db.run(sql`insert into toys values (${newId()})`)
    return {
      reply: reply(params.campaignId) as never,
      audit: [{ action: 'toy.written', subject: ['toy', params.campaignId] }],
    }
  },
})
// On a version that was read.
let version = 1
const toyEdited = action(editCampaign, {
  load: async () => ({}),
  may: () => true,
  run: async (_subject, { params, ifMatch }, { db, newId }) => {
    if (ifMatch !== version) throw new Refused('request/changed-meanwhile')
    version += 1
    await db.run(sql`insert into toys values (${newId()})`)
    return {
      reply: reply(params.campaignId, { version }) as never,
      audit: [{ action: 'toy.written', subject: ['toy', params.campaignId] }],
    }
  },
})
/** What the reading loads: a number that no rollback takes back, so that what ran is seen. */
let looks: (db: Db) => Promise<unknown> = async () => []
const list = action(listCampaigns, {
  load: async (_input, { db }) => looks(db),
  may: () => true,
  run: async () => ({ items: [], next: null, allowed: [] }),
})

let house: House
let pilot: Person
const toys = async () => (await house.owner.query('select count(*)::int as n from toys')).rows[0].n as number
before(async () => {
  house = await openHouse([toy, toyOn, toyEdited, list])
  await house.owner.query('create table toys (id uuid primary key); grant insert on toys to cc_web')
  const organisation = await house.organisation()
  pilot = await house.person(organisation.id, [{ tool: 'campagnes', profile: 'pilote' }])
})
after(() => house.close())

test('API-4: refusals share one form, in French, with a stable code and a request id', async () => {
  const answers = [
    [await house.call(null, 'GET', '/campaigns'), 401, 'session/required'],
    [await house.call(pilot, 'GET', '/nowhere'), 404, 'not-found'],
    [await house.call(pilot, 'GET', '/campaigns?statut=open'), 400, 'request/malformed'],
    [await house.call(pilot, 'POST', '/campaigns', { ...body, startsOn: '2026-02-31' }), 400, 'request/malformed'],
    [await house.call(pilot, 'POST', '/campaigns', { ...body, name: '   ' }), 400, 'request/malformed'],
    [await house.call(pilot, 'POST', '/campaigns', { ...body, periode: 'mars' }), 400, 'request/malformed'],
    [await house.call(pilot, 'POST', '/campaigns', { ...body, name: 'Interdit' }), 403, 'campaign/pilot-only'],
    [
      await house.call(pilot, 'POST', '/campaigns', body, { origin: 'https://ailleurs.example' }),
      403,
      'request/other-origin',
    ],
    [
      await house.call(pilot, 'POST', '/campaigns', body, { 'sec-fetch-site': 'cross-site' }),
      403,
      'request/other-origin',
    ],
  ] as const
  for (const [answer, status, code] of answers) {
    assert.equal(answer.status, status, code)
    assert.match(String(answer.headers['content-type']), /^application\/problem\+json/)
    assert.equal(answer.body.code, code)
    assert.equal(answer.body.status, status)
    assert.ok(answer.body.title && answer.body.detail && answer.body.requestId && answer.body.type)
  }
  assert.deepEqual((await house.call(pilot, 'GET', '/campaigns?statut=open')).body.errors, [
    { field: 'statut', message: 'Cette valeur n’est pas attendue.' },
  ])
  const notJson = await house.server.inject({
    method: 'POST',
    url: '/api/campaigns',
    headers: { cookie: pilot.cookie, 'content-type': 'text/plain' },
    payload: 'x',
  })
  assert.deepEqual([notJson.statusCode, notJson.json().code], [415, 'request/not-json'])
  const broken = await house.server.inject({
    method: 'POST',
    url: '/api/campaigns',
    headers: { cookie: pilot.cookie, 'content-type': 'application/json' },
    payload: '{"name":',
  })
  assert.deepEqual([broken.statusCode, broken.json().code], [400, 'request/malformed'])
})

test('API-4: the same key and body are written once and answered alike, also at once; another body is refused', async () => {
  const start = await toys()
  const key = once()
  const [first, second] = [
    await house.call(pilot, 'POST', '/campaigns', body, key),
    await house.call(pilot, 'POST', '/campaigns', body, key),
  ]
  assert.equal(first.status, 200)
  assert.deepEqual(second.body, first.body)
  assert.equal(second.headers.etag, first.headers.etag)
  assert.equal(await toys(), start + 1)
  const other = await house.call(pilot, 'POST', '/campaigns', { ...body, name: 'Autre' }, key)
  assert.deepEqual([other.status, other.body.code], [422, 'request/idempotency-key-reused'])
  const together = once()
  const both = await Promise.all(
    Array.from({ length: 5 }, () => house.call(pilot, 'POST', '/campaigns', body, together)),
  )
  assert.equal(new Set(both.map(a => a.body.id)).size, 1)
  assert.equal(await toys(), start + 2)
})

test('API-4: a repeated write answers the very bytes of the first reply', async () => {
  const ask = (headers: Record<string, string>) =>
    house.server.inject({
      method: 'POST',
      url: '/api/campaigns',
      headers: { cookie: pilot.cookie, ...headers },
      payload: { ...body, description: 'É\u2028 1.0' },
    })
  const key = once()
  const [first, second] = [await ask(key), await ask(key)]
  assert.equal(first.statusCode, 200)
  assert.equal(second.body, first.body)
  assert.deepEqual(
    [second.headers.etag, second.headers['content-type']],
    [first.headers.etag, first.headers['content-type']],
  )
})

test('API-4: the same key on another subject is refused, and nothing is done to it', async () => {
  const start = await toys()
  const [key, [one, another]] = [once(), [uuidv7(), uuidv7()]]
  assert.equal((await house.call(pilot, 'POST', `/campaigns/${one}/open`, {}, key)).status, 200)
  const other = await house.call(pilot, 'POST', `/campaigns/${another}/open`, {}, key)
  assert.deepEqual([other.status, other.body.code], [422, 'request/idempotency-key-reused'])
  assert.equal(
    (await house.call(pilot, 'POST', `/campaigns/${one}/open`, {}, key)).body.id,
    one,
    'and the first is answered as before',
  )
  assert.equal(await toys(), start + 1)
})

test('API-4, UX-3: a change of what was read is answered alike under its key, written once, and another version is another change', async () => {
  const start = await toys()
  const [key, id] = [once(), uuidv7()]
  const edit = (headers: Record<string, string>, name = 'Essai') =>
    house.call(pilot, 'PUT', `/campaigns/${id}`, { ...body, name }, headers)
  const [first, second] = [await edit({ ...key, 'if-match': '"1"' }), await edit({ ...key, 'if-match': '"1"' })]
  assert.deepEqual([first.status, first.body.version, first.headers.etag], [200, 2, '"2"'])
  assert.deepEqual([second.status, second.body, second.headers.etag], [200, first.body, first.headers.etag])
  assert.equal(await toys(), start + 1)
  assert.equal((await edit({ 'if-match': '"1"' })).body.code, 'request/changed-meanwhile', 'without the key')
  const reused = 'request/idempotency-key-reused'
  assert.equal((await edit({ ...key, 'if-match': '"2"' })).body.code, reused, 'over another version')
  assert.equal((await edit({ ...key, 'if-match': '"1"' }, 'Autre')).body.code, reused, 'with other words')
  assert.equal(await toys(), start + 1)
  const refused = once()
  assert.equal((await edit({ ...refused, 'if-match': '"7"' })).status, 412)
  assert.equal((await edit({ ...refused, 'if-match': '"2"' })).status, 200, 'a refusal holds no key')
})

test('SEC-6: a kept reply is not given again past a day, nor to whom the gate no longer lets through', async () => {
  const start = await toys()
  const [key, old] = [once(), once()]
  const colleague = await house.person(pilot.organisationId, [{ tool: 'campagnes', profile: 'pilote' }])
  const ask = (headers: Record<string, string>) => house.call(colleague, 'POST', '/campaigns', body, headers)
  assert.deepEqual([(await ask(key)).status, (await ask(key)).status, (await ask(old)).status], [200, 200, 200])
  await house.owner.query(`update idempotency_keys set created_at = now() - interval '25 hours' where key = $1`, [
    old['idempotency-key'],
  ])
  assert.equal((await ask(old)).body.code, 'request/idempotency-key-reused')
  await house.owner.query('update grants set revoked_at = now() where account_id = $1', [colleague.id])
  assert.equal((await ask(key)).body.code, 'access/no-grant')
  assert.equal(await toys(), start + 2)
})

test('SEC-6: replies kept under a key are read by their own account alone, straight in the database too', async () => {
  const key = once()
  assert.equal((await house.call(pilot, 'POST', '/campaigns', body, key)).status, 200)
  const colleague = await house.person(pilot.organisationId, [{ tool: 'campagnes', profile: 'pilote' }])
  const seenBy = async (who: Person) => {
    const tx = await house.database.begin()
    await tx.enter(tokenHash(who.cookie.slice('session='.length)))
    const rows = await tx.all(sql`select from idempotency_keys where key = ${key['idempotency-key']}`)
    await tx.rollback()
    return rows.length
  }
  assert.deepEqual([await seenBy(pilot), await seenBy(colleague)], [1, 0])
  await withPolicyChanged(house.owner, 'idempotency_keys', 'own', '(select ctx.ok())', async () =>
    assert.equal(await seenBy(colleague), 1, 'were the policy weaker, it would be seen'),
  )
  assert.equal((await house.database.all(sql`select from idempotency_keys`)).length, 0, 'nor by nobody')
})

test('REL-4, API-4: a header of any shape is a refusal or is read, never a fault', async () => {
  const start = await toys()
  for (const key of [
    '',
    'court',
    'x'.repeat(129),
    'x'.repeat(10_000),
    'clé-avec-accent',
    'avec/barre-oblique',
    'avec espace',
    `${uuidv7()}, ${uuidv7()}`,
    '\u0001234567890',
  ]) {
    const answer = await house.call(pilot, 'POST', '/campaigns', body, { 'idempotency-key': key })
    assert.deepEqual([answer.status, answer.body.code], [400, 'request/idempotency-key-malformed'], key.slice(0, 40))
  }
  assert.equal(await toys(), start, 'nothing was written')
  for (const match of ['1', '"x"', '"1", "2"', '*', 'W/', '"99999999999999999999"', '"-1"', '"é"', 'x'.repeat(9000)]) {
    const answer = await house.call(pilot, 'POST', '/campaigns', body, { 'if-match': match })
    assert.deepEqual([answer.status, answer.body.code], [400, 'request/malformed'], match.slice(0, 40))
  }
  for (const [name, value, status] of [
    ['if-none-match', 'x'.repeat(9000), 200],
    ['if-none-match', '"é', 200],
    ['cookie', `${pilot.cookie}; ${pilot.cookie}`, 200],
    ['cookie', `${pilot.cookie}; session=%ff%00`, 200],
    ['cookie', `session=%ff; a=${'b'.repeat(8000)}`, 401],
    ['cookie', `=;;=${';'.repeat(4000)}`, 401],
    ['cookie', '__proto__=x; session', 401],
    ['user-agent', '\u00e9'.repeat(9000), 200],
    ['purpose', 'a, b', 200],
    ['accept', '*/*'.repeat(3000), 200],
    ['sec-fetch-site', 'x'.repeat(5000), 200],
    ['x-forwarded-for', `${'1.1.1.1, '.repeat(1000)}%`, 200],
    ['content-length', 'x', 200],
  ] as const) {
    const answer = await house.call(pilot, 'GET', '/campaigns', undefined, { [name]: value })
    assert.equal(answer.status, status, `${name}: ${value.slice(0, 30)}`)
  }
  for (const type of [
    'application/json; charset=é',
    'application/json;;;',
    '/',
    'application',
    'application/json, text/plain',
    'multipart/form-data',
    `application/json; a=${'b'.repeat(9000)}`,
  ]) {
    const answer = await house.server.inject({
      method: 'POST',
      url: '/api/campaigns',
      headers: { cookie: pilot.cookie, 'content-type': type },
      payload: '{',
    })
    assert.ok([400, 415].includes(answer.statusCode), `${type.slice(0, 40)}: ${answer.statusCode}`)
  }
})

test('REL-4: nothing that comes is parsed or checked before there is a session cookie', async () => {
  const ask = (payload: string, headers: Record<string, string> = {}) =>
    house.server.inject({
      method: 'POST',
      url: '/api/campaigns',
      headers: { 'content-type': 'application/json', ...headers },
      payload,
    })
  for (const payload of ['{', '{}', `{"name":"${'.'.repeat(1_000_000)}"}`, '[1]']) {
    for (const cookie of [undefined, 'session=court', `autre=${'a'.repeat(43)}`]) {
      const answer = await ask(payload, cookie ? { cookie } : {})
      assert.deepEqual([answer.statusCode, answer.json().code], [401, 'session/required'])
    }
  }
  assert.deepEqual(
    [
      (await house.call(null, 'GET', '/campaigns?statut=x')).status,
      (await house.call(null, 'POST', '/campaigns/x/open')).status,
    ],
    [401, 401],
    'an address neither',
  )
  const most = await ask(`{"name":"${'.'.repeat(commonBodyLimit)}"}`, { cookie: pilot.cookie })
  assert.deepEqual([most.statusCode, most.json().code], [413, 'request/too-large'])
})

test('REL-4: a NUL, half of a surrogate pair, an id of another form, a day that is none: refused with the name of the field', async () => {
  for (const [over, field] of [
    [{ name: 'a\0b' }, 'name'],
    [{ description: '\ud800' }, 'description'],
    [{ name: 'x\udc00y' }, 'name'],
    [{ memberIds: [`urn:uuid:${uuidv7()}`] }, 'memberIds.0'],
    [{ leadIds: [uuidv7().toUpperCase()] }, 'leadIds.0'],
    [{ startsOn: '0000-01-01' }, 'startsOn'],
    [{ endsOn: '9999-12-31' }, 'endsOn'],
    [{ territoryId: 2_147_483_648 }, 'territoryId'],
    [{ contactDelayDays: 1e300 }, 'contactDelayDays'],
  ] as const) {
    const answer = await house.call(pilot, 'POST', '/campaigns', { ...body, ...over })
    assert.deepEqual(
      [answer.status, answer.body.code, answer.body.errors.map((e: any) => e.field)],
      [400, 'request/malformed', [field]],
      JSON.stringify(over),
    )
  }
  const several = await house.call(pilot, 'POST', '/campaigns', {
    ...body,
    name: '',
    startsOn: 'demain',
    territoryId: -1,
    memberIds: Array(30_000 / 10).fill(1),
  })
  assert.deepEqual(
    several.body.errors
      .map((e: any) => e.field)
      .filter((f: string) => !f.startsWith('memberIds.'))
      .sort(),
    ['memberIds', 'name', 'startsOn', 'territoryId'],
    'each wrong field of a form is named',
  )
  const proto = await house.server.inject({
    method: 'POST',
    url: '/api/campaigns',
    headers: { cookie: pilot.cookie, 'content-type': 'application/json' },
    payload: '{"__proto__":{"x":1}}',
  })
  assert.deepEqual([proto.statusCode, proto.json().code], [400, 'request/malformed'])
})

test('API-4: a key belongs to its account, and a refused attempt does not use it up', async () => {
  const key = once()
  assert.equal((await house.call(pilot, 'POST', '/campaigns', { ...body, name: 'Interdit' }, key)).status, 403)
  assert.equal((await house.call(pilot, 'POST', '/campaigns', body, key)).status, 200)
  const colleague = await house.person(pilot.organisationId, [{ tool: 'campagnes', profile: 'pilote' }])
  assert.equal((await house.call(colleague, 'POST', '/campaigns', { ...body, name: 'Autre' }, key)).status, 200)
})

test('SEC-1: no trail, no write', async () => {
  await house.owner.query("alter table audit_entries add constraint broken check (action <> 'toy.written') not valid")
  const start = await toys()
  const answer = await house.call(pilot, 'POST', '/campaigns', body)
  await house.owner.query('alter table audit_entries drop constraint broken')
  assert.deepEqual([answer.status, answer.body.code], [500, 'service/bug'])
  assert.equal(await toys(), start)
})

test('a reply that cannot be said undoes its write, and a bug says nothing of itself', async () => {
  const start = await toys()
  behaviour = () => ({ id: 'nom-de-personne' })
  const answer = await house.call(pilot, 'POST', '/campaigns', body)
  behaviour = id => reply(id)
  assert.equal(answer.status, 500)
  assert.doesNotMatch(JSON.stringify(answer.body), /nom-de-personne|required/)
  assert.equal(await toys(), start)
})

test('only what the contract declares leaves', async () => {
  behaviour = id => reply(id, { internal: 'jamais' })
  const answer = await house.call(pilot, 'POST', '/campaigns', body, once())
  behaviour = id => reply(id)
  assert.equal('internal' in answer.body, false)
})

test('an instant taken before the first statement is never later than the transaction’s own; over, it serves nothing more', async () => {
  const tx = await house.database.begin()
  await new Promise(done => setTimeout(done, 30))
  const noted = new Date()
  const { at } = (await tx.first(sql<{ at: Date }>`select transaction_timestamp() as at`))!
  assert.ok(noted <= at, `${noted.toISOString()} is after ${at.toISOString()}`)
  await tx.commit()
  await assert.rejects(tx.first(sql`select 1`), /over/, 'its connection may be another’s')
  for (let n = 0; n < 40; n++) await (await house.database.begin())[n % 2 ? 'commit' : 'rollback']()
  assert.equal(
    (await house.database.first(sql<{ n: number }>`select 1 as n`))!.n,
    1,
    'one that sent nothing gives its connection back',
  )
})

test('a transaction that lost a race is run again, whole; not for ever', async () => {
  const start = await toys()
  races = 2
  assert.equal((await house.call(pilot, 'POST', '/campaigns', body)).status, 200)
  assert.equal(await toys(), start + 1)
  races = 50
  assert.equal((await house.call(pilot, 'POST', '/campaigns', body)).status, 500)
  races = 0
  assert.equal(await toys(), start + 1)
})

test('ACC-12: a right taken away or given holds at the next request of the open session', async () => {
  const person = await house.person(pilot.organisationId, [{ tool: 'campagnes', profile: 'consultation' }])
  const status = async () => (await house.call(person, 'GET', '/campaigns')).status
  assert.equal(await status(), 200)
  assert.equal((await house.call(person, 'POST', '/campaigns', body)).body.code, 'access/no-grant')
  await house.owner.query('update grants set profile = $2 where account_id = $1', [person.id, 'pilote'])
  assert.equal((await house.call(person, 'POST', '/campaigns', body)).status, 200)
  await house.owner.query('update grants set revoked_at = now() where account_id = $1', [person.id])
  assert.equal(await status(), 403)
  await house.owner.query('update grants set revoked_at = null, ends_on = $2 where account_id = $1', [
    person.id,
    '2026-01-02',
  ])
  assert.equal(await status(), 403)
  await house.owner.query('update grants set ends_on = null, starts_on = $2 where account_id = $1', [
    person.id,
    '2999-01-01',
  ])
  assert.equal(await status(), 403)
  await house.owner.query('update grants set starts_on = $2 where account_id = $1', [person.id, '2026-01-01'])
  assert.equal(await status(), 200)
  for (const account of ['suspended', 'blocked', 'deleted']) {
    await house.owner.query('update accounts set status = $2 where id = $1', [person.id, account])
    assert.equal(await status(), 401, account)
  }
  await house.owner.query("update accounts set status = 'active' where id = $1", [person.id])
  assert.equal(await status(), 200)
  await house.owner.query('update sessions set ended_at = now() where account_id = $1', [person.id])
  assert.equal(await status(), 401)
})

test('IDN-4: thirty idle minutes lock, twelve hours end, and a request keeps awake', async () => {
  const minutesAgo = (minutes: number) => new Date(Date.now() - minutes * 60_000)
  const ask = async (session: Parameters<House['person']>[2]) => {
    const person = await house.person(pilot.organisationId, [{ tool: 'campagnes' }], session)
    const answer = await house.call(person, 'GET', '/campaigns')
    return [answer.status, answer.body.code ?? 'ok', person] as const
  }
  assert.deepEqual((await ask({ lastSeenAt: minutesAgo(29) })).slice(0, 2), [200, 'ok'])
  assert.deepEqual((await ask({ lastSeenAt: minutesAgo(31) })).slice(0, 2), [401, 'session/locked'])
  assert.deepEqual((await ask({ createdAt: minutesAgo(12 * 60 + 1) })).slice(0, 2), [401, 'session/required'])
  assert.deepEqual((await ask({ secondFactor: null })).slice(0, 2), [401, 'session/second-factor-required'])
  const [, , person] = await ask({ lastSeenAt: minutesAgo(20) })
  const awake = "select from sessions where id = $1 and last_seen_at > now() - interval '1 minute'"
  await until('kept awake', async () => (await house.owner.query(awake, [person.sessionId])).rowCount === 1)
})

test('the request id goes from the refusal to the trail, and the trail keeps what was said apart', async () => {
  const answer = await house.call(pilot, 'POST', '/campaigns', body)
  const { rows } = await house.owner.query(
    'select e.*, d.detail from audit_entries e join audit_details d on d.entry_id = e.id where subject_id = $1',
    [answer.body.id],
  )
  assert.equal(rows.length, 1)
  assert.equal(rows[0].request_id, answer.headers['x-request-id'])
  assert.equal(rows[0].actor_id, pilot.id)
  assert.deepEqual(rows[0].detail, { secret: 'corps' })
})

test('a refusal thrown by a rule keeps its facts', async () => {
  behaviour = () => {
    throw new Refused('campaign/undecided-conflicts', { facts: { count: 3 } })
  }
  const answer = await house.call(pilot, 'POST', '/campaigns', body)
  behaviour = id => reply(id)
  assert.deepEqual([answer.status, answer.body.facts], [409, { count: 3 }])
  assert.notEqual(uuidv7(), uuidv7())
})

test('SEC-6: a refusal that cannot be said, or that no table knows, is answered as a bug and tells nothing of itself', async () => {
  const loop: { self?: unknown } = {}
  loop.self = loop
  for (const thrown of [
    new Refused('campaign/undecided-conflicts', { facts: { count: 1n } }),
    new Refused('campaign/undecided-conflicts', { facts: loop }),
    new Refused('campaign/imaginary' as never),
    null,
    'texte',
    { statusCode: 418 },
  ]) {
    behaviour = () => {
      throw thrown
    }
    const answer = await house.call(pilot, 'POST', '/campaigns', body)
    behaviour = id => reply(id)
    assert.deepEqual([answer.status, answer.body.code], [500, 'service/bug'])
    assert.match(String(answer.headers['content-type']), /^application\/problem\+json/)
    assert.doesNotMatch(JSON.stringify(answer.body), /FST_|BigInt|circular|imaginary|TypeError|texte/)
  }
})

test('API-4: a misspelt criterion is refused at any depth, for it would select everything', async () => {
  const { compileValidator } = await import('./validation.ts')
  const preview = compileValidator(contract.campaigns.previewTargets.body, 'body')
  assert.equal(preview({ criteria: { activities: ['43'] } }), true)
  assert.equal(preview({ criteria: { activites: ['43'] } }), false)
  assert.equal(preview({ sirets: ['x'] }), true)
})

for (const [when, pause] of [
  ['at once', 0],
  ['once the cut is known', 100],
] as const)
  test(`a connection cut while it waits inside a transaction refuses the request, ${when}, and leaves the process alive`, async () => {
    const start = await toys()
    const superuser = new pg.Client(house.urls.superUrl)
    await superuser.connect()
    during = async () => {
      await superuser.query(
        "select pg_terminate_backend(pid) from pg_stat_activity where usename = 'cc_web' and datname = current_database()",
      )
      await new Promise(resolve => setTimeout(resolve, pause))
    }
    const answer = await house.call(pilot, 'POST', '/campaigns', body)
    during = async () => {}
    await superuser.end()
    assert.deepEqual([answer.status, answer.body.code], [503, 'service/unavailable'])
    assert.ok(Number(answer.headers['retry-after']) > 0)
    assert.equal(await toys(), start)
    // A read asks again by itself, whatever other connections were cut.
    assert.equal((await house.call(pilot, 'GET', '/campaigns')).status, 200)
  })

test('SEC-6, REL-4: a reading runs nothing for who lacks what its route needs, in as many statements and batches as before', async () => {
  await house.owner.query('create sequence looked; grant usage on sequence looked to cc_web')
  const looked = async () =>
    (await house.owner.query('select case when is_called then last_value else 0 end::int as n from looked')).rows[0].n
  const of = pilot.organisationId
  const grant = { tool: 'campagnes' as const, profile: 'consultation' as const }
  const refused = {
    'access/no-grant': await house.person(of, [{ tool: 'fiche-etablissement' }]),
    'session/second-factor-required': await house.person(of, [grant], { secondFactor: null }),
    'session/locked': await house.person(of, [grant], { lastSeenAt: new Date(Date.now() - 31 * 60_000) }),
  }
  const reader = await house.person(of, [grant])
  let [answered, before] = [0, 0]
  looks = db => {
    if (answered === 0) before += 1
    return db.first(sql<{ n: number }>`select nextval('looked') as n`)
  }
  try {
    for (const [code, who] of Object.entries(refused)) {
      const { body } = await house.call(who, 'GET', '/campaigns')
      assert.deepEqual([body.code, await looked()], [code, 0])
    }
    assert.equal((await house.call({ ...reader, cookie: 'session=invented' }, 'GET', '/campaigns')).status, 401)
    assert.equal(await looked(), 0)
    const sent: string[] = []
    const query = pg.Client.prototype.query as (...args: any[]) => any
    pg.Client.prototype.query = function (this: pg.Client, ...args: any[]) {
      sent.push(args[0].text ?? args[0])
      if (sent.at(-1) === 'begin') answered = 0
      const answer = query.apply(this, args)
      answer?.then?.(
        () => answered++,
        () => answered++,
      )
      return answer
    } as typeof pg.Client.prototype.query
    ;[answered, before] = [0, 0]
    try {
      assert.equal((await house.call(reader, 'GET', '/campaigns')).status, 200)
    } finally {
      pg.Client.prototype.query = query as typeof pg.Client.prototype.query
    }
    const once = ['begin', 'select ctx.enter($1) as entered', 'select ctx.pass($1)', "select nextval('looked') as n"]
    assert.deepEqual(sent.slice(-5), [...once, 'commit'])
    assert.equal(before, 1, 'what it loads left before anything was answered')
    assert.equal(await looked(), 1)
  } finally {
    looks = async () => []
  }
})

test('SEC-6: what the database lets pass is what the gate lets pass, for every need and every person', async () => {
  const needs = [...new Set(routes.map(route => route.needs))].filter(need => need !== 'identified')
  assert.ok(needs.length >= 10)
  const of = pilot.organisationId
  const people = [await house.person(of), await house.person(of, [], { secondFactor: null })]
  for (const tool of tools)
    for (const profile of tool === 'fiche-recrutement' ? (['consultation'] as const) : profiles)
      people.push(await house.person(of, [{ tool, profile }]))
  await house.owner.query(
    `insert into territories (id, kind, code, name) values (1075, 'region', '75', 'Région') on conflict do nothing`,
  )
  const operator = (await house.organisation({ kind: 'operateur' })).id
  for (const [role, regionId] of [
    ['rgc', null],
    ['signataire', null],
    ['cssi', null],
    ['cssi', 1075],
    ['signataire', 1075],
    ['administrateur', null],
    ['direction-regionale', 1075],
  ] as const) {
    const person = await house.person(role === 'rgc' ? of : operator)
    await giveRole(house.owner, person, role, { regionId })
    people.push(person)
  }
  let [passed, held] = [0, 0]
  for (const who of people)
    for (const need of needs) {
      const tx = await house.database.begin()
      try {
        const viewer = await tx.enter(tokenHash(who.cookie.slice('session='.length)), need)
        const passes = await tx.run(sql`select 1`).then(
          () => true,
          () => false,
        )
        const route = { needs: need, regional: true } as Route
        const gated = (() => {
          try {
            return gate(route, viewer, new Date()) !== null
          } catch {
            return false
          }
        })()
        // A lead is told apart from an advisor by the gate alone, which comes after.
        if (need === 'campagnes:responsable' && passes && !gated)
          assert.ok(viewer!.grants.some(g => g.tool === 'campagnes' && g.profile === 'conseiller'))
        else assert.equal(passes, gated, `${need}: ${JSON.stringify(viewer?.grants)} ${JSON.stringify(viewer?.roles)}`)
        if (passes) passed++
        else held++
      } finally {
        await tx.rollback()
      }
    }
  assert.ok(passed > 30 && held > 30, `${passed} passed, ${held} held`)
})

test('a read whose connection is cut under it is asked again on another, and answers', async () => {
  const superuser = new pg.Client(house.urls.superUrl)
  await superuser.connect()
  // Ten at once, so that the pool holds several connections; all are cut while idle.
  await Promise.all(Array.from({ length: 10 }, () => house.call(pilot, 'GET', '/campaigns')))
  await superuser.query(
    "select pg_terminate_backend(pid) from pg_stat_activity where usename = 'cc_web' and datname = current_database()",
  )
  const answers = await Promise.all(Array.from({ length: 10 }, () => house.call(pilot, 'GET', '/campaigns')))
  assert.deepEqual(
    answers.map(({ status }) => status),
    Array.from({ length: 10 }, () => 200),
  )
  await superuser.end()
})
