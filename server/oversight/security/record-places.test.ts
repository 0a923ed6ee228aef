import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import pg from 'pg'
import { actions } from '../../actions.ts'
import { giveRole } from '../../people-and-rights/accounts/testing.ts'
import { uuidv7 } from '../../platform/ids.ts'
import { buildServer } from '../../platform/server.ts'
import { type House, openHouse, type Person, tokenOf } from '../../testing/house.ts'
import { recordPlaces } from './record-places.ts'
import { watchUses } from './watch-uses.job.ts'

let house: House
let worker: pg.Client
let organisationId: string
let at = new Date(Date.now() - 3_600_000)
const lines: string[] = []
before(async () => {
  house = await openHouse(actions)
  worker = new pg.Client(house.urls.workerUrl)
  await worker.connect()
  organisationId = (await house.organisation()).id
  await giveRole(house.owner, await house.person((await house.organisation({ kind: 'operateur' })).id), 'cssi')
})
after(async () => {
  await worker.end()
  await house.close()
})
const advisor = (over: object = {}) =>
  house.person(
    organisationId,
    [
      { tool: 'campagnes', profile: 'conseiller', territoryId: 0 },
      { tool: 'fiche-etablissement', profile: 'conseiller', territoryId: 0 },
    ],
    { createdAt: new Date(Date.now() - 7_200_000), ...over },
  )

/** A server behind a proxy at 10.0.0.5, beside the house's. */
const behindProxy = async (trustProxy: readonly string[] = ['10.0.0.5']) => {
  const places = recordPlaces(house.database, { clock: () => at, everyMs: 3_600_000 })
  const server = await buildServer({
    database: house.database,
    actions,
    publicUrl: 'http://localhost',
    originKey: Buffer.alloc(32),
    requestsPerMinute: 1e6,
    shedLoad: false,
    trustProxy,
    placeHeaders: ['x-latitude', 'x-longitude'],
    onPlaced: places.onPlaced,
    settings: { clock: () => at },
    logLevel: 'trace',
    logTo: {
      write: line => {
        lines.push(line)
      },
    },
  })
  const ask = (
    who: Person,
    path: string,
    headers: Record<string, string>,
    { from = '10.0.0.5', method = 'GET' as 'GET' | 'POST', body = undefined as object | undefined } = {},
  ) =>
    server.inject({
      method,
      url: `/api${path}`,
      remoteAddress: from,
      headers: { cookie: who.cookie, 'x-forwarded-for': '203.0.113.7', 'idempotency-key': uuidv7(), ...headers },
      ...(body ? { payload: body } : {}),
    })
  return {
    places,
    ask,
    close: async () => {
      await server.close()
      await places.stop()
    },
  }
}
const kept = async (who: Person) =>
  (
    await house.owner.query('select latitude, longitude from use_places where account_id = $1 order by at, latitude', [
      who.id,
    ])
  ).rows.map(r => [r.latitude, r.longitude])
const watch = () =>
  watchUses(
    {
      personsPerHour: 1e6,
      personsPerDay: 1e6,
      personsAtNight: 1e6,
      exportsPerDay: 1e6,
      exportsPerDayOfOverseers: 1e6,
      refusalsPerHour: 1e6,
    },
    1e6,
    { kmPerHour: 900, floorKm: 1_500 },
  ).run({}, {
    withPgClient: (work: (client: pg.Client) => unknown) => work(worker),
    logger: { info: () => {}, warn: () => {} },
  } as never)
const missingOf = async (who: Person): Promise<string[]> =>
  (await house.owner.query('select missing from ctx.held_grants($1, now())', [who.id])).rows.flatMap(r => r.missing)
const paris = { 'x-latitude': '48.8566', 'x-longitude': '2.3522' }
const search = '/establishments?q=boulangerie'

test('SEC-2: the place of a deliberate act is kept to a tenth of a degree, once in ten minutes; reading on, polling and what comes before two factors keep none', async () => {
  const { places, ask, close } = await behindProxy()
  const [person, reader, fresh, half] = await Promise.all([
    advisor(),
    advisor(),
    advisor({ createdAt: at }),
    advisor({ secondFactor: null, createdAt: at }),
  ])
  for (const _ of [0, 1]) assert.equal((await ask(person, search, paris)).statusCode, 200)
  await ask(person, search, { 'x-latitude': '-20.9', 'x-longitude': '55.45' })
  for (const path of ['/campaigns', '/me', '/habilitations']) await ask(reader, path, paris)
  await ask(fresh, '/me', paris)
  await ask(half, '/me', paris)
  await places.flush()
  assert.deepEqual(
    [await kept(person), await kept(reader), await kept(fresh), await kept(half)],
    [
      [
        [-209, 555],
        [489, 24],
      ],
      [],
      [[489, 24]],
      [],
    ],
  )
  at = new Date(at.getTime() + 11 * 60_000)
  await ask(person, search, paris)
  await close()
  assert.equal((await kept(person)).length, 3)
})
test('SEC-2: a place said by anyone but the trusted proxy, or badly said, does not count', async () => {
  const { places, ask, close } = await behindProxy()
  const person = await advisor()
  const spoofed = { 'x-latitude': '-20.9', 'x-longitude': '55.5' }
  for (const from of ['192.0.2.9', '10.0.0.6', '127.0.0.1'])
    assert.equal((await ask(person, search, spoofed, { from })).statusCode, 200)
  for (const wrong of [
    { 'x-latitude': '91', 'x-longitude': '0' },
    { 'x-latitude': '10', 'x-longitude': '181' },
    { 'x-latitude': 'nord', 'x-longitude': '2' },
    { 'x-latitude': '1e1', 'x-longitude': '2' },
    { 'x-latitude': '', 'x-longitude': '2' },
    { 'x-latitude': '48.8' },
    { 'x-longitude': '2.3' },
    { 'x-latitude': 'NaN', 'x-longitude': 'Infinity' },
  ])
    assert.equal((await ask(person, search, wrong as Record<string, string>)).statusCode, 200)
  // Whom a browser says it comes through proves nothing; a proxy that asks for itself says no place of anybody; headers
  // that came twice are not one place.
  for (const through of ['10.0.0.5', '203.0.113.7, 10.0.0.5', '10.0.0.5, 10.0.0.5'])
    await ask(
      person,
      search,
      { ...spoofed, 'x-forwarded-for': through, forwarded: 'for=10.0.0.5', 'x-real-ip': '10.0.0.5' },
      { from: '192.0.2.9' },
    )
  await ask(person, search, { ...spoofed, 'x-forwarded-for': '' })
  await ask(person, search, { 'x-latitude': '-20.9, 48.8', 'x-longitude': '55.5, 2.3' })
  await places.flush()
  assert.deepEqual(await kept(person), [])
  await ask(person, search, paris, { from: '::ffff:10.0.0.5' })
  await close()
  assert.deepEqual(await kept(person), [[489, 24]], 'the proxy, however its address is written')
})
test('SEC-2, ACC-11: two places that no journey joins block the account until a verdict; what was before it no longer counts; the reason says no place', async () => {
  const { places, ask, close } = await behindProxy()
  const [thief, traveller] = await Promise.all([advisor(), advisor()])
  at = new Date(Date.now() - 40 * 60_000)
  for (const who of [thief, traveller]) await ask(who, search, paris)
  at = new Date()
  await ask(thief, search, { 'x-latitude': '-20.9', 'x-longitude': '55.5' })
  await ask(traveller, search, { 'x-latitude': '44.8', 'x-longitude': '-0.6' })
  await places.flush()
  await watch()
  assert.deepEqual([await missingOf(thief), await missingOf(traveller)], [['block', 'block'], []])
  const { reason } = (await house.owner.query('select reason from account_blocks where account_id = $1', [thief.id]))
    .rows[0]
  assert.match(reason, /^Deux usages à 9 3\d0 km l’un de l’autre en 40 minutes/)
  await house.owner.query(`update account_blocks set lifted_at = now(), verdict = 'Vérifié' where account_id = $1`, [
    thief.id,
  ])
  await watch()
  assert.deepEqual(await missingOf(thief), [])
  await close()
})
test('SEC-2: places are in no log and no trail, nobody reads them, and they are forgotten within a day and a minute', async () => {
  const person = await advisor()
  await house.database.run(
    sql`select record_places(${JSON.stringify([
      { token_hash: tokenOf(person), at: new Date(Date.now() - 86_400_000 - 1_000), latitude: 489, longitude: 24 },
      { token_hash: tokenOf(person), at: new Date(Date.now() - 86_300_000), latitude: 488, longitude: 24 },
      { token_hash: '00'.repeat(32), at: new Date(), latitude: 1, longitude: 1 },
    ])}::jsonb)`,
  )
  await watch()
  assert.deepEqual(await kept(person), [[488, 24]])
  assert.ok(lines.length > 10)
  for (const line of lines) assert.doesNotMatch(line, /48\.8566|2\.3522|latitude|longitude/)
  assert.equal(
    (await house.owner.query(`select count(*)::int as n from audit_details where detail::text like '%latitude%'`))
      .rows[0].n,
    0,
  )
  for (const statement of [
    'select * from use_places',
    'delete from use_places',
    'select * from ctx.places_to_watch(now(), now())',
    'select ctx.forget_places(now())',
  ])
    await assert.rejects(house.database.run(sql.raw(statement)), /permission denied/)
  await assert.rejects(worker.query('select * from use_places'), /permission denied/)
})
