import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { after, before, test } from 'node:test'
import pg from 'pg'
import * as contract from '../../contract/index.ts'
import { insertSession } from '../signing-in/identity/testing.ts'
import { establishments as register } from '../territory-and-register/establishments/index.ts'
import { type House, openHouse, type Person } from '../testing/house.ts'
import { action } from './action.ts'
import { budget } from './budgets.ts'
import { openDatabase } from './database.ts'
import type { Refused } from './errors.ts'
import { knownSessions } from './known-sessions.ts'
import { buildServer, type ServerOptions } from './server.ts'

const list = action(contract.campaigns.listCampaigns, {
  load: async () => [],
  may: () => true,
  run: async () => ({ items: [], next: null, allowed: [] }),
})
const create = action(contract.campaigns.createCampaign, {
  load: async () => {
    throw new Error('reached')
  },
  may: () => true,
  run: async () => {
    throw new Error('reached')
  },
})

let house: House
let person: Person
before(async () => {
  house = await openHouse([])
  person = await house.person((await house.organisation()).id, [{ tool: 'campagnes' }, { tool: 'fiche-etablissement' }])
})
after(() => house.close())

const invented = () => `session=${randomBytes(32).toString('base64url')}`
/** Statements sent on any connection of this process, while `work` runs. */
const statements = async (work: () => Promise<unknown>): Promise<string[]> => {
  const sent: string[] = []
  const query = pg.Client.prototype.query as (...args: any[]) => any
  pg.Client.prototype.query = function (this: pg.Client, ...args: any[]) {
    sent.push(typeof args[0] === 'string' ? args[0] : args[0].text)
    return query.apply(this, args)
  } as typeof pg.Client.prototype.query
  try {
    await work()
  } finally {
    pg.Client.prototype.query = query as typeof pg.Client.prototype.query
  }
  return sent
}

const build = async (over: Partial<ServerOptions> = {}) => {
  const database = openDatabase(house.urls.webUrl, {
    waitMs: 60_000,
    statementTimeoutMs: 60_000,
    stallMs: [60_000, 60_000],
  })
  const server = await buildServer({
    database,
    actions: [list, create, ...register],
    publicUrl: 'http://localhost',
    originKey: Buffer.alloc(32),
    shedLoad: false,
    trustProxy: true,
    ...over,
  })
  const ask = async (
    cookie: string,
    {
      from = '203.0.113.7',
      url = '/api/campaigns',
      headers = {},
      ...more
    }: { from?: string; url?: string; headers?: Record<string, string>; method?: 'POST'; payload?: string } = {},
  ) => {
    const answer = await server.inject({
      url,
      headers: { ...(cookie ? { cookie } : {}), 'x-forwarded-for': from, ...headers },
      ...more,
    })
    return {
      status: answer.statusCode,
      code: answer.statusCode < 400 ? undefined : (answer.json().code as string),
      retryAfter: answer.headers['retry-after'],
    }
  }
  return {
    server,
    ask,
    close: async () => {
      await server.close()
      await database.close()
    },
  }
}
const limits = { session: 5, address: 20, stranger: 4, signIn: 2 }

test('REL-4: an invented cookie gives no budget of its own: strangers count by address, IPv6 by /64', async () => {
  const at = await build({ limits })
  const statuses = []
  for (let i = 0; i < 6; i++) statuses.push((await at.ask(invented())).status)
  assert.deepEqual(statuses, [401, 401, 401, 401, 429, 429])
  const refused = await at.ask('')
  assert.deepEqual([refused.code, Number(refused.retryAfter) > 0], ['request/too-many', true])
  assert.equal((await at.ask(invented(), { from: '203.0.113.8' })).status, 401, 'another address has its own')
  for (let i = 0; i < 4; i++) await at.ask(invented(), { from: `2001:db8:1:2:${i}::1` })
  assert.equal((await at.ask(invented(), { from: '2001:db8:1:2:ffff::1' })).status, 429)
  assert.equal((await at.ask(invented(), { from: '2001:db8:1:3::1' })).status, 401)
  await at.close()
})

test('REL-4: strangers who spend the budget of their address send nobody away whose session is known; a session read for the first time gives back what it took', async () => {
  const at = await build({ limits: { ...limits, session: 100, address: 100 } })
  assert.equal((await at.ask(person.cookie)).status, 200)
  for (let i = 0; i < 6; i++) await at.ask(invented())
  assert.equal((await at.ask(invented())).status, 429)
  assert.equal((await at.ask(person.cookie)).status, 200)
  for (let i = 0; i < 12; i++) {
    const { cookie } = await insertSession(house.owner, person.id)
    assert.equal((await at.ask(cookie, { from: '203.0.113.9' })).status, 200, 'a whole agency comes back at once')
  }
  await at.close()
})

test('REL-4: known sessions of one address share a budget too, much larger than one person’s', async () => {
  const at = await build({ limits: { ...limits, address: 8 } })
  const others = await Promise.all(Array.from({ length: 3 }, () => insertSession(house.owner, person.id)))
  const statuses = []
  for (let i = 0; i < 9; i++) statuses.push((await at.ask(others[i % 3]!.cookie)).status)
  assert.deepEqual(statuses, [200, 200, 200, 200, 200, 200, 200, 200, 429])
  assert.equal((await at.ask(others[0]!.cookie, { from: '203.0.113.8' })).status, 200)
  assert.equal((await at.ask(others[0]!.cookie, { from: '203.0.113.9' })).status, 200)
  const sixth = await at.ask(others[0]!.cookie, { from: '203.0.113.10' })
  assert.equal(sixth.status, 429, 'and each session has its own, wherever it is used')
  await at.close()
})

test('REL-4: all that is asked under /auth has one smaller budget by address, whatever cookie comes with it', async () => {
  const at = await build({
    limits: { ...limits, stranger: 50, session: 50 },
    exceptions: [
      server => {
        server.get('/auth/sign-in', async () => ({}))
        server.get('/auth/callback', async () => ({}))
      },
    ],
  })
  const answers = []
  for (const url of ['/auth/sign-in', '/auth/callback', '/auth/sign-in'])
    answers.push((await at.ask(invented(), { url })).status)
  assert.deepEqual(answers, [200, 200, 429])
  assert.equal((await at.ask(person.cookie, { url: '/auth/callback' })).status, 429)
  assert.equal((await at.ask(person.cookie)).status, 200, 'who works is not touched by it')
  await at.close()
})

test('REL-4, SEC-6: an invented cookie on a search or its facets costs one look at the session, and no query on the register', async () => {
  const at = await build()
  for (const url of [
    '/api/establishments?q=boulangerie',
    '/api/establishments/facets?q=boulangerie',
    '/api/establishments/30000000000011',
  ]) {
    const sent = await statements(async () =>
      assert.equal((await at.ask(invented(), { url })).code, 'session/required'),
    )
    assert.deepEqual(
      sent.filter(text => !/ctx\.enter/.test(text)),
      [],
      url,
    )
    assert.equal(sent.length, 1)
  }
  // A session known lately is read with its rights in one batch; ended, its next reading is the last.
  const { cookie, id } = await insertSession(house.owner, person.id)
  const url = '/api/establishments?q=boulangerie'
  assert.equal((await at.ask(cookie, { url })).status, 200)
  assert.equal((await statements(() => at.ask(cookie, { url }))).filter(text => /ctx\.enter/.test(text)).length, 1)
  await house.owner.query('update sessions set ended_at = now() where id = $1', [id])
  assert.equal((await at.ask(cookie, { url })).status, 401)
  const after = await statements(async () => assert.equal((await at.ask(cookie, { url })).status, 401))
  assert.deepEqual(
    after.filter(text => !/ctx\.enter/.test(text)),
    [],
  )
  await at.close()
})

test('SEC-6: without a session, or with an invented one, no body is parsed nor its values looked at: 401 before 400', async () => {
  const at = await build()
  const post = (cookie: string, payload: string) =>
    at.ask(cookie, { method: 'POST', payload, headers: { 'content-type': 'application/json' } })
  for (const payload of ['{"name":', '{}', JSON.stringify({ name: 'x'.repeat(1_900_000) })]) {
    assert.equal((await post('', payload)).code, 'session/required')
    assert.equal((await post(invented(), payload)).code, 'session/required')
  }
  assert.equal((await post(person.cookie, '{"name":')).code, 'request/malformed')
  assert.equal((await at.ask(invented(), { url: '/api/establishments/not-a-siret' })).code, 'session/required')
  assert.equal((await at.ask('', { url: '/api/campaigns?statut=open' })).code, 'session/required')
  await at.close()
})

test('SEC-6: nothing without a cookie reaches the database', async () => {
  const at = await build()
  const sent = await statements(async () => {
    for (const url of ['/api/campaigns', '/api/establishments?q=x', '/api/establishments/facets?q=x'])
      assert.equal((await at.ask('', { url })).status, 401)
    assert.equal((await at.ask('session=short')).status, 401)
  })
  assert.deepEqual(sent, [])
  await at.close()
})

test('SEC-6: another site has nothing from the API, a download neither; a person, their pages and programs do', async () => {
  const at = await build()
  for (const site of ['cross-site', 'same-site']) {
    assert.equal((await at.ask(person.cookie, { headers: { 'sec-fetch-site': site } })).code, 'request/other-origin')
    assert.equal(
      (await at.ask(person.cookie, { headers: { 'sec-fetch-site': site, 'sec-fetch-mode': 'navigate' } })).code,
      'request/other-origin',
    )
  }
  assert.equal(
    (await at.ask(person.cookie, { headers: { origin: 'https://ailleurs.example' } })).code,
    'request/other-origin',
  )
  for (const headers of [
    {},
    { 'sec-fetch-site': 'none', 'sec-fetch-mode': 'navigate' },
    { 'sec-fetch-site': 'same-origin' },
  ] as Record<string, string>[])
    assert.equal((await at.ask(person.cookie, { headers })).status, 200)
  await at.close()
})

test('REL-4: a budget is whole again at the next minute; past so many keys the newcomers share one', () => {
  let at = 0
  const spent = budget(2, { most: 3, now: () => at })
  assert.deepEqual(
    ['a', 'a', 'a', 'b', 'c', 'd', 'e', 'f', 'a', 'b'].map(key => spent.takes(key)),
    [true, true, false, true, true, true, true, false, false, true],
  )
  at = 40_000
  assert.throws(
    () => spent.take('a'),
    (error: Refused) => error.code === 'request/too-many' && error.facts.retryAfterSeconds === 20,
  )
  at = 60_000
  assert.deepEqual(
    ['a', 'd', 'd', 'd'].map(key => spent.takes(key)),
    [true, true, true, false],
  )
})

test('REL-4: a session is known for five minutes after its last use, and so many are', () => {
  let at = 0
  const known = knownSessions({ most: 2, now: () => at })
  const [a, b, c] = ['a', 'b', 'c'].map(text => Buffer.from(text)) as [Buffer, Buffer, Buffer]
  known.keep(a)
  known.keep(b)
  at = 299_999
  assert.deepEqual([known.knows(a), known.knows(c)], [true, false])
  at = 300_000
  assert.deepEqual([known.knows(a), known.knows(b)], [true, false], 'each use keeps it')
  known.keep(b)
  known.keep(c)
  assert.deepEqual([a, b, c].map(known.knows), [false, true, true], 'the one least lately used is let go')
  known.forget(b)
  assert.equal(known.knows(b), false)
})
