import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import pg from 'pg'
import * as contract from '../../contract/index.ts'
import { action } from './action.ts'
import { Refused } from './errors.ts'
import { uuidv7 } from './ids.ts'
import { type House, once, openHouse, type Person } from './testing.ts'

const { createCampaign, listCampaigns } = contract.campaigns
const body = { name: 'Essai', purpose: 'prospection', territoryId: 0, startsOn: '2026-01-01', endsOn: '2026-02-01', memberIds: [] }
const reply = (id: string, over: object = {}) => ({
  id, name: 'Essai', purpose: 'prospection' as const, description: null, territory: { id: 0, kind: 'national' as const, code: 'FR', name: 'France' }, startsOn: '2026-01-01', endsOn: '2026-02-01', status: 'draft' as const,
  pilot: { id, name: 'P', kind: 'autre' }, members: [], contactDelayDays: 30, leads: [], goals: [], step: 'objet' as const, counts: { targets: 0, contacted: 0, undecided: 0 }, openedAt: null, closedAt: null, version: 1, allowed: [], ...over,
})
// A toy write on a table of this test's own, standing on a real route: what is tried here is the envelope, not campaigns.
let behaviour: (id: string) => object = id => reply(id)
let races = 0
let during: () => Promise<unknown> = async () => {}
const toy = action(createCampaign, {
  load: async () => ({}),
  may: (_viewer, _subject, input) => (input.body.name === 'Interdit' ? 'campaign/pilot-only' : true),
  run: async (_subject, _input, { db, newId }) => {
    const id = newId()
    await db.run(sql`insert into notes values (${id})`)
    if (races > 0) {
      races -= 1
      throw Object.assign(new Error('deadlock detected'), { code: '40P01' })
    }
    await during()
    return { reply: behaviour(id) as never, audit: [{ action: 'note.written', subject: ['note', id], detail: { secret: 'corps' } }] }
  },
})
const list = action(listCampaigns, { load: async () => [], may: () => true, run: async () => ({ items: [], next: null, allowed: [] }) })

let house: House
let pilot: Person
const notes = async () => (await house.owner.query('select count(*)::int as n from notes')).rows[0].n as number
before(async () => {
  house = await openHouse([toy, list])
  await house.owner.query('create table notes (id uuid primary key); grant insert on notes to cc_web')
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
    [await house.call(pilot, 'POST', '/campaigns', body, { origin: 'https://ailleurs.example' }), 403, 'request/other-origin'],
    [await house.call(pilot, 'POST', '/campaigns', body, { 'sec-fetch-site': 'cross-site' }), 403, 'request/other-origin'],
  ] as const
  for (const [answer, status, code] of answers) {
    assert.equal(answer.status, status, code)
    assert.match(String(answer.headers['content-type']), /^application\/problem\+json/)
    assert.equal(answer.body.code, code)
    assert.equal(answer.body.status, status)
    assert.ok(answer.body.title && answer.body.detail && answer.body.requestId && answer.body.type)
  }
  assert.deepEqual((await house.call(pilot, 'GET', '/campaigns?statut=open')).body.errors, [{ field: 'statut', message: 'Cette valeur n’est pas attendue.' }])
  const notJson = await house.server.inject({ method: 'POST', url: '/api/campaigns', headers: { cookie: pilot.cookie, 'content-type': 'text/plain' }, payload: 'x' })
  assert.deepEqual([notJson.statusCode, notJson.json().code], [415, 'request/not-json'])
  const broken = await house.server.inject({ method: 'POST', url: '/api/campaigns', headers: { cookie: pilot.cookie, 'content-type': 'application/json' }, payload: '{"name":' })
  assert.deepEqual([broken.statusCode, broken.json().code], [400, 'request/malformed'])
})

test('API-4: the same key and body are written once and answered alike, also at once; another body is refused', async () => {
  const start = await notes()
  const key = once()
  const [first, second] = [await house.call(pilot, 'POST', '/campaigns', body, key), await house.call(pilot, 'POST', '/campaigns', body, key)]
  assert.equal(first.status, 200)
  assert.deepEqual(second.body, first.body)
  assert.equal(second.headers.etag, first.headers.etag)
  assert.equal(await notes(), start + 1)
  const other = await house.call(pilot, 'POST', '/campaigns', { ...body, name: 'Autre' }, key)
  assert.deepEqual([other.status, other.body.code], [422, 'request/idempotency-key-reused'])
  const together = once()
  const both = await Promise.all(Array.from({ length: 5 }, () => house.call(pilot, 'POST', '/campaigns', body, together)))
  assert.equal(new Set(both.map(a => a.body.id)).size, 1)
  assert.equal(await notes(), start + 2)
})

test('API-4: a key belongs to its account, and a refused attempt does not use it up', async () => {
  const key = once()
  assert.equal((await house.call(pilot, 'POST', '/campaigns', { ...body, name: 'Interdit' }, key)).status, 403)
  assert.equal((await house.call(pilot, 'POST', '/campaigns', body, key)).status, 200)
  const colleague = await house.person(pilot.organisationId, [{ tool: 'campagnes', profile: 'pilote' }])
  assert.equal((await house.call(colleague, 'POST', '/campaigns', { ...body, name: 'Autre' }, key)).status, 200)
})

test('SEC-1: no trail, no write', async () => {
  await house.owner.query("alter table audit_entries add constraint broken check (action <> 'note.written') not valid")
  const start = await notes()
  const answer = await house.call(pilot, 'POST', '/campaigns', body)
  await house.owner.query('alter table audit_entries drop constraint broken')
  assert.deepEqual([answer.status, answer.body.code], [500, 'service/bug'])
  assert.equal(await notes(), start)
})

test('a reply that cannot be said undoes its write, and a bug says nothing of itself', async () => {
  const start = await notes()
  behaviour = () => ({ id: 'nom-de-personne' })
  const answer = await house.call(pilot, 'POST', '/campaigns', body)
  behaviour = id => reply(id)
  assert.equal(answer.status, 500)
  assert.doesNotMatch(JSON.stringify(answer.body), /nom-de-personne|required/)
  assert.equal(await notes(), start)
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
  assert.equal((await house.database.first(sql<{ n: number }>`select 1 as n`))!.n, 1, 'one that sent nothing gives its connection back')
})

test('a transaction that lost a race is run again, whole; not for ever', async () => {
  const start = await notes()
  races = 2
  assert.equal((await house.call(pilot, 'POST', '/campaigns', body)).status, 200)
  assert.equal(await notes(), start + 1)
  races = 50
  assert.equal((await house.call(pilot, 'POST', '/campaigns', body)).status, 500)
  races = 0
  assert.equal(await notes(), start + 1)
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
  await house.owner.query('update grants set revoked_at = null, ends_on = $2 where account_id = $1', [person.id, '2026-01-02'])
  assert.equal(await status(), 403)
  await house.owner.query('update grants set ends_on = null, starts_on = $2 where account_id = $1', [person.id, '2999-01-01'])
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
  await new Promise(resolve => setTimeout(resolve, 200))
  const { rows } = await house.owner.query("select last_seen_at > now() - interval '1 minute' as awake from sessions where id = $1", [person.sessionId])
  assert.equal(rows[0].awake, true)
})

test('the request id goes from the refusal to the trail, and the trail keeps what was said apart', async () => {
  const answer = await house.call(pilot, 'POST', '/campaigns', body)
  const { rows } = await house.owner.query('select e.*, d.detail from audit_entries e join audit_details d on d.entry_id = e.id where subject_id = $1', [answer.body.id])
  assert.equal(rows.length, 1)
  assert.equal(rows[0].request_id, answer.headers['x-request-id'])
  assert.equal(rows[0].actor_id, pilot.id)
  assert.deepEqual(rows[0].detail, { secret: 'corps' })
})

test('a refusal thrown by a rule keeps its facts', async () => {
  behaviour = () => { throw new Refused('campaign/undecided-conflicts', { facts: { count: 3 } }) }
  const answer = await house.call(pilot, 'POST', '/campaigns', body)
  behaviour = id => reply(id)
  assert.deepEqual([answer.status, answer.body.facts], [409, { count: 3 }])
  assert.notEqual(uuidv7(), uuidv7())
})

test('API-4: a misspelt criterion is refused at any depth, for it would select everything', async () => {
  const { compileValidator } = await import('./validation.ts')
  const preview = compileValidator(contract.campaigns.previewTargets.body, 'body')
  assert.equal(preview({ criteria: { activities: ['43'] } }), true)
  assert.equal(preview({ criteria: { activites: ['43'] } }), false)
  assert.equal(preview({ sirets: ['x'] }), true)
})

for (const [when, pause] of [['at once', 0], ['once the cut is known', 100]] as const) test(`a connection cut while it waits inside a transaction refuses the request, ${when}, and leaves the process alive`, async () => {
  const start = await notes()
  const superuser = new pg.Client(house.urls.superUrl)
  await superuser.connect()
  during = async () => {
    await superuser.query("select pg_terminate_backend(pid) from pg_stat_activity where usename = 'cc_web' and datname = current_database()")
    await new Promise(resolve => setTimeout(resolve, pause))
  }
  const answer = await house.call(pilot, 'POST', '/campaigns', body)
  during = async () => {}
  await superuser.end()
  assert.deepEqual([answer.status, answer.body.code], [503, 'service/unavailable'])
  assert.ok(Number(answer.headers['retry-after']) > 0)
  assert.equal(await notes(), start)
  // A read asks again by itself, whatever other connections were cut.
  assert.equal((await house.call(pilot, 'GET', '/campaigns')).status, 200)
})

test('a read whose connection is cut under it is asked again on another, and answers', async () => {
  const superuser = new pg.Client(house.urls.superUrl)
  await superuser.connect()
  // Ten at once, so that the pool holds several connections; all are cut while idle.
  await Promise.all(Array.from({ length: 10 }, () => house.call(pilot, 'GET', '/campaigns')))
  await superuser.query("select pg_terminate_backend(pid) from pg_stat_activity where usename = 'cc_web' and datname = current_database()")
  const answers = await Promise.all(Array.from({ length: 10 }, () => house.call(pilot, 'GET', '/campaigns')))
  assert.deepEqual(answers.map(({ status }) => status), Array.from({ length: 10 }, () => 200))
  await superuser.end()
})
