import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import type { Route } from '../../../contract/route.ts'
import * as correspondents from '../../../contract/work-with-employers/correspondents.ts'
import * as exchanges from '../../../contract/work-with-employers/exchanges.ts'
import * as notes from '../../../contract/work-with-employers/notes.ts'
import * as portfolio from '../../../contract/work-with-employers/portfolio.ts'
import { actions } from '../../actions.ts'
import { k } from '../../platform/database.ts'
import { uuidv7 } from '../../platform/ids.ts'
import { buildServer, type Reading } from '../../platform/server.ts'
import { type House, openHouse, type Person, tokenOf } from '../../testing/house.ts'
import { anExchange, insertExchange } from '../../work-with-employers/exchanges/testing.ts'
import { revealed } from './reading-rules.ts'
import { recordReads } from './record-reads.ts'

let house: House
let claire: Person
let exchangeId: string
const siret = 31000000000001
let at = new Date('2026-11-25T10:00:00Z')
const clock = () => at
before(async () => {
  house = await openHouse(actions)
  const organisation = await house.organisation()
  claire = await house.person(organisation.id, [
    { tool: 'fiche-etablissement', profile: 'conseiller', territoryId: 0 },
    { tool: 'campagnes', profile: 'conseiller', territoryId: 0 },
  ])
  exchangeId = (
    await insertExchange(
      house.owner,
      anExchange({
        siret,
        organisationId: organisation.id,
        authorId: claire.id,
        personMet: 'M. Invente',
        notes: 'Rappeler',
      }),
    )
  ).id
})
after(() => house.close())

/** A server that records reads, beside the house's. */
const withReads = async (options: Partial<Parameters<typeof recordReads>[1]> = {}, database = house.database) => {
  const reads = recordReads(database, { clock, newId: uuidv7, everyMs: 3_600_000, ...options })
  const server = await buildServer({
    database: house.database,
    actions,
    publicUrl: 'http://localhost',
    originKey: Buffer.alloc(32),
    requestsPerMinute: 1e6,
    shedLoad: false,
    onRevealed: reads.onRevealed,
  })
  const get = async (path: string, headers: Record<string, string> = {}, who = claire) =>
    (await server.inject({ url: `/api${path}`, headers: { cookie: who.cookie, ...headers } })).statusCode
  return {
    reads,
    get,
    close: async () => {
      await server.close()
      await reads.stop()
    },
  }
}
const written = async () =>
  (
    await house.owner.query(
      `select e.actor_id as actor, e.organisation_id as organisation, e.subject_kind || ' ' || e.subject_id as subject,
        e.at, e.origin, d.detail from audit_entries e join audit_details d on d.entry_id = e.id
        where action = 'persons.read' order by e.xid, e.id`,
    )
  ).rows

test('SEC-1: what a reply shows of persons: counted, and of which employers in a list; nobody, nothing', () => {
  const of = (route: Route, reply: unknown, input: { params?: object; query?: object } = {}) =>
    revealed(route.revealsPersons!, { params: input.params ?? {}, query: input.query ?? {} }, reply, 'me')
  assert.deepEqual(
    of(
      correspondents.listCorrespondents,
      {
        items: [
          { siret: '1', values: [{ value: 'x' }, { value: 'y' }] },
          { siret: '1', values: [] },
        ],
      },
      { params: { siret: '1' } },
    ),
    { subject: ['establishment', '1'], persons: 1, sirets: [] },
  )
  assert.deepEqual(
    of(
      exchanges.getExchange,
      { siret: '1', content: { personMet: 'x', notes: null } },
      { params: { exchangeId: 'e' } },
    ),
    { subject: ['exchange', 'e'], persons: 1, sirets: [] },
  )
  assert.equal(
    of(exchanges.getExchange, { siret: '1', content: null, at: new Date() }, { params: { exchangeId: 'e' } }),
    undefined,
  )
  assert.equal(
    of(exchanges.getExchange, { content: { personMet: null, notes: '' } }, { params: { exchangeId: 'e' } }),
    undefined,
  )
  assert.deepEqual(
    of(exchanges.listExchanges, {
      items: [
        { siret: '1', content: { notes: 'x' } },
        { siret: '2', content: null },
      ],
    }),
    { subject: ['list', 'me'], persons: 1, sirets: ['1'] },
  )
  assert.deepEqual(
    of(exchanges.listExchanges, { items: [{ siret: '1', content: { notes: 'x' } }] }, { query: { siret: '1' } })
      ?.subject,
    ['establishment', '1'],
  )
  assert.deepEqual(
    of(
      notes.listHistory,
      { items: [{ exchange: null, note: { siret: '1', notes: 'x' } }] },
      { params: { siret: '1' } },
    ),
    { subject: ['establishment', '1'], persons: 1, sirets: [] },
  )
  assert.deepEqual(
    of(portfolio.listPortfolio, {
      items: [
        { establishment: { siret: '3' }, phone: '+33' },
        { establishment: { siret: '4' }, phone: null },
      ],
    }),
    { subject: ['list', 'me'], persons: 1, sirets: ['3'] },
  )
})

test('SEC-1: who read which persons is in the trail, written apart and once a quarter of an hour, pages fetched ahead included', async () => {
  const { reads, get, close } = await withReads()
  assert.equal(await get(`/exchanges/${exchangeId}`), 200)
  assert.equal(await get(`/exchanges/${exchangeId}`), 200)
  assert.equal(await get(`/exchanges?siret=${siret}`, { purpose: 'prefetch' }), 200)
  assert.equal(await get(`/establishments/${siret}/correspondents`), 200) // nobody there
  assert.equal(await get(`/exchanges/${uuidv7()}`), 404)
  assert.deepEqual(await written(), [], 'reading waits for no write')
  await reads.flush()
  const rows = await written()
  assert.deepEqual(
    rows.map(r => [r.subject, r.actor, r.organisation, r.detail]),
    [
      [`exchange ${exchangeId}`, claire.id, claire.organisationId, { route: 'GET /exchanges/:exchangeId', persons: 1 }],
      [`establishment ${siret}`, claire.id, claire.organisationId, { route: 'GET /exchanges', persons: 1 }],
    ],
  )
  assert.match(rows[0].origin, /^[0-9a-f]{16}$/)
  assert.equal(rows[0].at.toISOString(), at.toISOString())
  at = new Date(at.getTime() + 7 * 60_000)
  await get(`/exchanges/${exchangeId}`)
  await reads.flush()
  assert.equal((await written()).length, 2)
  at = new Date(at.getTime() + 20 * 60_000)
  await get(`/exchanges/${exchangeId}`)
  await close()
  assert.equal((await written()).length, 3)
})

test('SEC-1: reading the trail is in the trail: a search with what was asked, once for its pages; each act opened, and the persons it shows', async () => {
  const { reads, get, close } = await withReads()
  const told = async () =>
    (
      await house.owner.query(`select e.action, e.actor_id as actor, e.subject_kind || ' ' || e.subject_id as subject,
        d.detail from audit_entries e join audit_details d on d.entry_id = e.id
    where e.action like 'trail.%' or e.subject_kind = 'trail-entry' order by e.xid, e.id`)
    ).rows
  const [plain, shows] = [uuidv7(), uuidv7()]
  for (const [id, detail] of [
    [plain, { a: 1 }],
    [shows, { after: { notes: 'Rappeler' } }],
  ] as const) {
    await house.owner.query(
      `with d as (select gen_random_bytes(16) as salt, $3::jsonb as detail),
        e as (insert into audit_entries (id, at, actor_id, action, subject_kind, subject_id, detail_digest)
      select $1, now(), $2, 'a.b', 'k', 's', audit_detail_digest(salt, detail) from d) insert into audit_details
        select $1, salt, detail from d`,
      [id, claire.id, JSON.stringify(detail)],
    )
  }
  for (const path of [
    '/trail/entries?action=a.b&limit=1',
    '/trail/entries?action=a.b&limit=2',
    '/trail/entries?scope=about-me',
    `/trail/entries/${plain}`,
    `/trail/entries/${plain}`,
    `/trail/entries/${shows}`,
  ])
    assert.equal(await get(path), 200, path)
  assert.equal(await get('/trail/entries?scope=all'), 403)
  assert.equal(await get(`/trail/entries/${uuidv7()}`), 404)
  await reads.flush()
  const rows = await told()
  assert.ok(rows.every(r => r.actor === claire.id))
  assert.deepEqual(
    rows.map(r => [r.action, r.subject, r.detail]).sort(),
    [
      ['persons.read', `trail-entry ${shows}`, { route: 'GET /trail/entries/:entryId', persons: 1 }],
      ['trail.entry-read', `trail-entry ${plain}`, { detail: 'shown' }],
      ['trail.entry-read', `trail-entry ${shows}`, { detail: 'shown' }],
      ['trail.searched', 'trail about-me', {}],
      ['trail.searched', 'trail own', { action: 'a.b' }],
    ].sort(),
  )
  at = new Date(at.getTime() + 30 * 60_000)
  await get(`/trail/entries/${plain}`)
  await close()
  assert.equal((await told()).length, rows.length + 1, 'again after a quarter of an hour')
})

test('SEC-2, SEC-1: a burst of one account is written at once, employer by employer or by lists: a process killed then hides fifty at most', async () => {
  const before = (await written()).length
  // Nothing is flushed nor stopped here: what the trail says is what a kill would have left.
  const reads = recordReads(house.database, { clock, newId: uuidv7, everyMs: 3_600_000 })
  const readBy = (who: Person, sirets: readonly string[]) =>
    reads.onRevealed({
      viewer: { accountId: who.id, sessionId: who.sessionId } as Reading['viewer'],
      route: portfolio.listPortfolio,
      input: { params: {}, query: {} },
      request: { id: 'r', origin: 'o', tokenHash: Buffer.from(tokenOf(who), 'hex') },
      reply: { items: sirets.map(s => ({ establishment: { siret: s }, phone: '+33' })) },
    } as unknown as Reading)
  const some = (from: number, n: number) => Array.from({ length: n }, (_, index) => `${from + index}`)
  const other = await house.person(claire.organisationId)
  for (const one of some(1000, 49)) readBy(claire, [one])
  for (const one of some(2000, 49)) readBy(other, [one])
  await new Promise(resolve => setTimeout(resolve, 200))
  assert.equal((await written()).length, before, 'an ordinary use waits')
  readBy(claire, some(3000, 1))
  const until = Date.now() + 20_000
  while ((await written()).length < before + 99 && Date.now() < until)
    await new Promise(resolve => setTimeout(resolve, 50))
  assert.equal((await written()).length, before + 99, 'with all that waited')
  readBy(other, some(4000, 60))
  while ((await written()).length < before + 100 && Date.now() < until)
    await new Promise(resolve => setTimeout(resolve, 50))
  assert.equal((await written()).length, before + 100, 'a list counts for its employers')
  await reads.stop()
})

test('SEC-1: with the database away, reads wait, up to a bound, and no request fails', async () => {
  const before = (await written()).length
  let down = true
  const errors: unknown[] = []
  const { reads, get, close } = await withReads(
    { onError: e => errors.push(e) },
    { ...house.database, run: query => (down ? Promise.reject(new Error('away')) : house.database.run(query)) },
  )
  assert.equal(await get(`/exchanges/${exchangeId}`), 200)
  await reads.flush()
  assert.equal(await get(`/exchanges/${exchangeId}/versions`), 200)
  down = false
  await close()
  assert.deepEqual([errors.length, (await written()).length], [1, before + 2])
  let sent = 0
  const full = recordReads(
    {
      ...house.database,
      run: async query => {
        sent += JSON.parse((query.compile(k).parameters as string[])[1]!).length
        return 1
      },
    },
    { clock, newId: uuidv7, everyMs: 3_600_000 },
  )
  const viewer = { sessionId: 's', accountId: 'a' } as Reading['viewer']
  for (let i = 0; i < 20_100; i++)
    full.onRevealed({
      viewer,
      route: exchanges.getExchange,
      input: { params: { exchangeId: String(i) }, query: {} } as unknown as Reading['input'],
      reply: { notes: 'x' },
      request: { id: 'r', origin: '', tokenHash: Buffer.alloc(32) },
    })
  await full.stop()
  assert.equal(sent, 20_000)
})

test('SEC-1: a batch whose commit was made and not heard of is sent again, is written once, and what follows it is written', async () => {
  const before = (await written()).length
  let cut = true
  const { reads, get, close } = await withReads(
    {},
    {
      ...house.database,
      run: async query => {
        const done = await house.database.run(query)
        if (cut) throw new Error('cut after the commit')
        return done
      },
    },
  )
  assert.equal(await get(`/exchanges/${exchangeId}`), 200)
  await reads.flush()
  cut = false
  assert.equal(await get(`/exchanges?siret=${siret}`), 200)
  await close()
  assert.equal((await written()).length, before + 2)
})

test('SEC-1: reads are written in the name of the session alone, and an unknown one writes none', async () => {
  const before = (await written()).length
  const read = (of: object) =>
    JSON.stringify([
      {
        id: uuidv7(),
        at: at.toISOString(),
        ...of,
        account_id: uuidv7(),
        kind: 'exchange',
        subject: 'x',
        origin: '',
        request_id: '',
        detail: {},
      },
    ])
  const record = (of: object) => house.database.run(sql`select record_by_session('persons.read', ${read(of)}::jsonb)`)
  for (const of of [
    { token_hash: '00'.repeat(32) },
    { session_id: claire.sessionId },
    { token_hash: claire.sessionId.replaceAll('-', '').repeat(2) },
  ])
    await record(of)
  assert.equal((await written()).length, before, 'an id, which the trail tells, names nobody')
  await record({ token_hash: tokenOf(claire) })
  assert.equal((await written()).at(-1).actor, claire.id)
})

test('EST-13, SEC-2: the card of a colleague is read one by one, each counted; the list of the directory tells of nobody', async () => {
  const before = (await written()).length
  const { reads, get, close } = await withReads()
  const [reader, omar, zoe] = await Promise.all(
    [1, 2, 3].map(() => house.person(claire.organisationId, [{ tool: 'campagnes', territoryId: 0 }])),
  )
  const reading = async (path: string) => assert.equal(await get(path, {}, reader), 200)
  for (const { id } of [omar!, zoe!, omar!]) await reading(`/directory/${id}`)
  for (const path of ['/directory', '/directory/own']) await reading(path)
  await reads.flush()
  const rows = (await written()).slice(before)
  assert.deepEqual(
    rows.map(({ subject, actor, detail }) => [subject, actor, detail]),
    [omar!, zoe!].map(({ id }) => [`account ${id}`, reader!.id, { route: 'GET /directory/:accountId', persons: 1 }]),
  )
  const { rows: uses } = await house.owner.query(
    `select persons_per_day from ctx.uses_to_watch($1, $1::timestamptz - interval '1 hour', '{}') where account_id = $2`,
    [at, reader!.id],
  )
  assert.equal(uses[0].persons_per_day, 2, 'weighed as persons met at employers are')
  const told = await house.call(omar!, 'GET', '/trail/entries?scope=about-me')
  assert.deepEqual(
    told.body.items.map((entry: any) => [entry.action, entry.actor.id]),
    [['persons.read', reader!.id]],
    'one sees who read one’s card',
  )
  await close()
})

test('EST-12, SEC-1, SEC-2: reading the recruitments of a company is in the trail of each establishment told, and counts each for the watch', async () => {
  const { id } = await house.organisation()
  await house.owner.query(
    `insert into territories (id, kind, code, name) values (2033, 'departement', '33', 'Gironde')
      on conflict do nothing`,
  )
  const lea = await house.person(id, [{ tool: 'fiche-recrutement', profile: 'consultation', territoryId: 2033 }])
  await house.owner.query(
    `insert into establishments (siret, siren, nic, usual_name, active, head_office, diffusion, region_id,
      departement_id, row_hash)
      select siret, siret / 100000, siret % 100000, 'ESSAI', open, false, 'O', 1075, department, 0
      from (values (94000000000001, 2033, true), (94000000000002, 2033, true), (94000000000003, 2040, true),
        (95000000000001, 2033, false)) r (siret, department, open)`,
  )
  const { get, reads, close } = await withReads()
  for (const siren of ['940000000', '940000000', '950000000'])
    assert.equal(await get(`/companies/${siren}/recruitment`, {}, lea), 200)
  await reads.flush()
  const { rows } = await house.owner.query(
    `select e.subject_kind || ' ' || e.subject_id as subject, d.detail ->> 'route' as route from audit_entries e
      join audit_details d on d.entry_id = e.id where e.action = 'recruitment.read' and e.actor_id = $1 order by 1`,
    [lea.id],
  )
  assert.deepEqual(
    rows.map(row => row.subject),
    ['company 950000000', 'establishment 94000000000001', 'establishment 94000000000002'],
    'once each; nothing of the one outside the perimeter; the company whose establishments are all closed',
  )
  assert.deepEqual([...new Set(rows.map(row => row.route))], ['GET /companies/:siren/recruitment'])
  const { rows: uses } = await house.owner.query(
    `select persons_per_day from ctx.uses_to_watch($1, $1::timestamptz - interval '1 hour', '{}') where account_id = $2`,
    [at, lea.id],
  )
  assert.equal(uses[0].persons_per_day, 3)
  await close()
})

test('SEC-1, REC-2: who opened which recruitment card is in the trail, its line on the card of the employer too; a refusal is no reading', async () => {
  const { id } = await house.organisation()
  const [lea, none] = [
    await house.person(id, [{ tool: 'fiche-recrutement', profile: 'consultation', territoryId: 0 }]),
    await house.person(id, []),
  ]
  await house.owner.query(
    `insert into establishments (siret, siren, nic, usual_name, active, head_office, diffusion, row_hash)
      values ($1::bigint, $1::bigint / 100000, $1::bigint % 100000, 'ESSAI', true, true, 'O', 0)`,
    [siret],
  )
  const { get, reads, close } = await withReads()
  for (const path of [`/establishments/${siret}/recruitment`, `/establishments/${siret}/recruitment/summary`]) {
    assert.deepEqual([await get(path, {}, lea), await get(path, {}, lea), await get(path, {}, none)], [200, 200, 403])
  }
  await reads.flush()
  const { rows } = await house.owner.query(
    `select e.actor_id as actor, e.subject_kind || ' ' || e.subject_id as subject, d.detail from audit_entries e
      join audit_details d on d.entry_id = e.id where e.action = 'recruitment.read' and e.actor_id = $1
      order by d.detail ->> 'route'`,
    [lea.id],
  )
  const entry = (route: string) => ({ actor: lea.id, subject: `establishment ${siret}`, detail: { route } })
  assert.deepEqual(rows, [
    entry('GET /establishments/:siret/recruitment'),
    entry('GET /establishments/:siret/recruitment/summary'),
  ])
  await close()
})

test('SEC-1, EST-2: who looked for employers, or counted them, by their hires is in the trail, without the words; one number is one card read', async () => {
  const { id } = await house.organisation()
  const card = { tool: 'fiche-etablissement', profile: 'consultation', territoryId: 0 } as const
  const [lea, none] = [
    await house.person(id, [card, { tool: 'fiche-recrutement', profile: 'consultation', territoryId: 0 }]),
    await house.person(id, [card]),
  ]
  const { get, reads, close } = await withReads()
  const asked = '/establishments?q=garonne&hires=cdi&hiresAtLeast=3'
  assert.deepEqual([await get(asked, {}, lea), await get(asked, {}, lea), await get(asked, {}, none)], [200, 200, 403])
  assert.equal(await get('/establishments?q=garonne', {}, lea), 200)
  assert.equal(await get(`/establishments?q=${siret}&hires=any`, {}, lea), 200)
  assert.equal(await get('/establishments?q=garonne&expectedHires=2', {}, lea), 200)
  // The counts of a search already told tell nothing more; without hires they are of the public register.
  const counts = '/establishments/facets?q=garonne'
  for (const sought of ['', '&hires=cdi&hiresAtLeast=3', '&hires=ctt'])
    assert.equal(await get(counts + sought, {}, lea), 200)
  assert.equal(await get(`${counts}&hires=ctt`, {}, none), 403)
  await reads.flush()
  const { rows } = await house.owner.query(
    `select e.action, e.subject_kind || ' ' || e.subject_id as subject, d.detail from audit_entries e
      join audit_details d on d.entry_id = e.id where e.actor_id = $1 order by e.action, d.detail ? 'expectedHires', e.id`,
    [lea.id],
  )
  const route = 'GET /establishments'
  assert.deepEqual(rows, [
    { action: 'recruitment.read', subject: `establishment ${siret}`, detail: { route, hires: 'any' } },
    { action: 'recruitment.searched', subject: `list ${lea.id}`, detail: { route, hires: 'cdi', hiresAtLeast: 3 } },
    {
      action: 'recruitment.searched',
      subject: `list ${lea.id}`,
      detail: { route: `${route}/facets`, hires: 'ctt' },
    },
    { action: 'recruitment.searched', subject: `list ${lea.id}`, detail: { route, expectedHires: 2 } },
  ])
  await close()
})
