import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { uuidv7 } from '../../platform/ids.ts'
import { covers, type TerritoryLine, type Viewer } from '../../platform/viewer.ts'
import { type House, openHouse } from '../../testing/house.ts'
import {
  disagreements,
  insertSights,
  isSeen,
  mayWrite,
  type Sight,
  sightsOf,
  withPolicyChanged,
} from '../../testing/parity.ts'
import { insertPlaces, peopleOfAllKinds, pick, seededRandom, somePlace } from '../../testing/people.ts'
import {
  mayCorrect,
  mayFinish,
  mayHandOver,
  mayRead,
  mayReadContent,
  mayReadHanding,
  mayRecord,
  mayTakeBack,
} from './exchanges.policy.ts'

type Row = TerritoryLine & {
  id: string
  organisationId: string
  authorId: string
  ownerId: string
  visibility: 'reseau' | 'organisation'
}
const random = seededRandom(11)
const people = 130
const tables = [
  ['exchanges', 'id', mayRead],
  ['exchange_contents', 'exchange_id', mayReadContent],
  ['exchange_versions', 'exchange_id', mayReadContent],
  ['next_actions', 'exchange_id', mayReadContent],
] as const

let house: House
let hashes: Buffer[]
let rows: Row[]
let organisations: string[]
let viewersAt: Map<string, number>
/** What hangs from an exchange, for one’s own organisation, where one is an advisor. */
const ours = (v: Viewer, r: Tried) => v.state === 'active' && r.ours && covers(v, 'campagnes', 'conseiller', r)
const oursLost = [
  (v: Viewer, r: Tried) => v.state === 'active' && covers(v, 'campagnes', 'conseiller', r),
  (v: Viewer, r: Tried) => v.state === 'active' && r.ours && covers(v, 'campagnes', 'consultation', r),
  (v: Viewer, r: Tried) => v.state === 'active' && r.ours,
]
const inSql = (table: string, id: string, of: readonly Buffer[] = hashes) =>
  sightsOf(house.database, of, sql<{ id: string }>`select ${sql.ref(id)} as id from ${sql.table(table)}`)

before(async () => {
  house = await openHouse([])
  await insertPlaces(house)
  organisations = [
    await house.organisation(),
    await house.organisation(),
    await house.organisation({ kind: 'operateur' }),
  ].map(o => o.id)
  hashes = await peopleOfAllKinds(house, organisations, people, random)
  const { rows: sessions } = await house.owner.query('select account_id as id, token_hash as hash from sessions')
  viewersAt = new Map(sessions.map(s => [s.id, hashes.findIndex(h => h.equals(s.hash))]))
  const { rows: accounts } = await house.owner.query('select id, organisation_id from accounts')
  rows = Array.from({ length: 1000 }, () => {
    const author = pick(random, accounts)
    return {
      id: uuidv7(),
      organisationId: author.organisation_id,
      authorId: author.id,
      ownerId: author.id,
      visibility: pick(random, ['reseau', 'organisation'] as const),
      ...somePlace(random),
    }
  })
  const place = 'r."regionId", r."departementId", r."epciId", r."clpeId"'
  await house.owner.query(
    `with r as materialized (select *
      from jsonb_to_recordset($1) as r (id uuid, "organisationId" uuid, "authorId" uuid, visibility text,
      "regionId" int, "departementId" int, "epciId" int, "clpeId" int)),
    x as (insert into exchanges (id, siret, region_id, departement_id, epci_id, clpe_id, organisation_id, author_id,
      occurred_on, reached, visibility, recorded_at)
      select r.id, 31000000000001, ${place}, r."organisationId", r."authorId", '2026-10-01', true, r.visibility, now()
        from r),
    c as (insert into exchange_contents (exchange_id, organisation_id, region_id, departement_id, epci_id, clpe_id,
      visibility, channel, result)
      select r.id, r."organisationId", ${place}, r.visibility, 'telephone', 'refus' from r),
    v as (insert into exchange_versions (exchange_id, version, organisation_id, region_id, departement_id, epci_id,
      clpe_id, visibility, at, by_id, change, occurred_on, content)
      select r.id, 1, r."organisationId", ${place}, r.visibility, now(), r."authorId", 'recorded', '2026-10-01', '{}'
        from r)
    insert into next_actions (id, exchange_id, siret, region_id, departement_id, epci_id, clpe_id, organisation_id,
      visibility, kind, due_on, owner_id)
      select gen_random_uuid(), r.id, 31000000000001, ${place}, r."organisationId", r.visibility, 'rappel',
        '2026-12-01', r."authorId" from r`,
    [JSON.stringify(rows)],
  )
})
after(() => house.close())

const pairs = (sights: readonly Sight[]) => sights.length * rows.length
const differ = (sights: readonly Sight[], may: (viewer: Viewer, row: Row) => boolean) =>
  disagreements(sights, rows, may).length

for (const [table, id, may] of tables)
  test(`SEC-6: ${table}: the policy and the database agree on every pair`, async () => {
    const sights = await inSql(table, id)
    assert.ok(pairs(sights) >= 100_000, `${pairs(sights)} pairs`)
    const shown = sights.reduce((n, s) => n + s.ids.size, 0)
    assert.ok(
      shown > pairs(sights) / 20 && shown < pairs(sights) / 2,
      `${shown} shown of ${pairs(sights)}: neither nearly all nor nearly none`,
    )
    assert.deepEqual(disagreements(sights, rows, may).slice(0, 3), [])
  })

test('SEC-6: the tests above fail when a clause of the policy goes', async () => {
  const [facts, contents] = [await inSql('exchanges', 'id'), await inSql('exchange_contents', 'exchange_id')]
  const without = (v: Viewer, cut: (g: Viewer['grants'][number]) => boolean): Viewer => ({
    ...v,
    grants: v.grants.filter(g => !cut(g)),
  })
  for (const [name, mutant] of Object.entries<(v: Viewer, r: Row) => boolean>({
    'no perimeter': () => true,
    'another tool': (v, r) => covers(v, 'campagnes', 'consultation', r),
    'a larger profile': (v, r) => covers(v, 'fiche-etablissement', 'conseiller', r),
    'no national': (v, r) =>
      mayRead(
        without(v, g => g.territoryId === 0),
        r,
      ),
    'no region': (v, r) => mayRead(v, { ...r, regionId: null }),
    'no departement': (v, r) => mayRead(v, { ...r, departementId: null }),
    'no epci': (v, r) => mayRead(v, { ...r, epciId: null }),
    'no clpe': (v, r) => mayRead(v, { ...r, clpeId: null }),
  }))
    assert.notEqual(differ(facts, mutant), 0, name)
  for (const [name, mutant] of Object.entries<(v: Viewer, r: Row) => boolean>({
    'no visibility': mayRead,
    'network only': (v, r) => mayRead(v, r) && r.visibility === 'reseau',
    'own only': (v, r) => mayRead(v, r) && r.organisationId === v.organisationId,
    'no perimeter for one’s own': (v, r) => r.organisationId === v.organisationId || mayReadContent(v, r),
  }))
    assert.notEqual(differ(contents, mutant), 0, name)
})

test('SEC-6: … and when a clause of the database goes', async () => {
  const covered = 'ctx.covers((select ctx.fiche()), region_id, departement_id, epci_id, clpe_id)'
  const mutants: [string, string, string][] = [
    ['exchanges', 'id', '(select ctx.ok())'],
    [
      'exchanges',
      'id',
      '(select ctx.ok()) and ctx.covers((select ctx.campagnes()), region_id, departement_id, epci_id, clpe_id)',
    ],
    ...tables.slice(1).flatMap(([table, id]): [string, string, string][] => [
      [table, id, `(select ctx.ok()) and ${covered}`],
      [table, id, `(select ctx.ok()) and ${covered} and visibility = 'reseau'`],
      [table, id, `(select ctx.ok()) and ${covered} and organisation_id = (select ctx.organisation())`],
      [table, id, `(select ctx.ok()) and (visibility = 'reseau' or organisation_id = (select ctx.organisation()))`],
    ]),
  ]
  for (const [table, id, using] of mutants) {
    const may = table === 'exchanges' ? mayRead : mayReadContent
    await withPolicyChanged(house.owner, table, 'read', using, async () =>
      assert.ok(await isSeen(hashes, async one => differ(await inSql(table, id, one), may) > 0), `${table}: ${using}`),
    )
  }
  const arms = ['0', 'region_id', 'departement_id', 'epci_id', 'clpe_id']
  for (const gone of arms) {
    const using = `(select ctx.ok()) and (${arms
      .filter(arm => arm !== gone)
      .map(arm => `${arm} = any ((select ctx.fiche())::int[])`)
      .join(' or ')})`
    await withPolicyChanged(house.owner, 'exchanges', 'read', using, async () =>
      assert.ok(await isSeen(hashes, async one => differ(await inSql('exchanges', 'id', one), mayRead) > 0), gone),
    )
  }
  assert.equal(differ(await inSql('exchanges', 'id'), mayRead), 0, 'all put back')
})

test('SEC-6: what the database lets one rewrite is one’s own organisation’s, where one is an advisor; the policy lets no more', async () => {
  const own = (v: Viewer, r: Row) =>
    r.organisationId === v.organisationId && covers(v, 'campagnes', 'conseiller', r) && mayRead(v, r)
  for (const [table, id, policy, column, may] of [
    ['exchanges', 'id', 'correct', 'reached', (v: Viewer, r: Row) => mayCorrect(v, r) === true],
    ['exchange_contents', 'exchange_id', 'rewrite', 'channel', (v: Viewer, r: Row) => mayCorrect(v, r) === true],
    ['exchange_versions', 'exchange_id', 'rewrite', 'visibility', (v: Viewer, r: Row) => mayCorrect(v, r) === true],
    ['next_actions', 'exchange_id', 'rewrite', 'kind', (v: Viewer, r: Row) => mayFinish(v, r) === true],
  ] as const) {
    const rewritten = (of: readonly Buffer[] = hashes) =>
      sightsOf(
        house.database,
        of,
        sql<{
          id: string
        }>`update ${sql.table(table)} set ${sql.ref(column)} = ${sql.ref(column)} returning ${sql.ref(id)} as id`,
      )
    const sights = await rewritten()
    assert.equal(differ(sights, own), 0, table)
    const beyond = disagreements(sights, rows, may).filter(d => !d.inSql)
    assert.deepEqual(beyond, [], `${table}: never more than the database`)
    assert.ok(sights.some(s => rows.some(r => may(s.viewer, r))))
    for (const using of [
      '(select ctx.ok()) and organisation_id = (select ctx.organisation())',
      '(select ctx.ok()) and organisation_id = (select ctx.organisation()) and ctx.covers((select ctx.campagnes()), region_id, departement_id, epci_id, clpe_id)',
    ])
      await withPolicyChanged(house.owner, table, policy, using, async () =>
        assert.ok(
          await isSeen(hashes.slice(0, 60), async one => differ(await rewritten(one), own) > 0),
          `${table}: ${using}`,
        ),
      )
    // What is one’s own is not given to another organisation either.
    const viewers = sights.filter(s => s.ids.size > 0).slice(0, 10)
    for (const { viewer, ids } of viewers) {
      const hash = hashes[viewersAt.get(viewer.accountId)!]!
      const other = organisations.find(o => o !== viewer.organisationId)!
      const given = sql`update ${sql.table(table)} set organisation_id = ${other}::uuid
        where ${sql.ref(id)} = ${[...ids][0]}::uuid`
      assert.equal(await mayWrite(house.database, hash, given), false, table)
    }
  }
})

/** A row to be written: for one’s own organisation and in one’s own name, or another’s. */
type Tried = TerritoryLine & { id: string; ours: boolean; mine: boolean }
const place = `(r ->> 'regionId')::int, (r ->> 'departementId')::int, (r ->> 'epciId')::int, (r ->> 'clpeId')::int`
const whose = (elsewhere: string) => `case when (r ->> 'ours')::boolean then ctx.organisation() else '${elsewhere}' end`
const who = (anyone: string) => `case when (r ->> 'mine')::boolean then ctx.account() else '${anyone}' end`

test('SEC-6: recording, straight to the tables: the policy and the database agree for every place, organisation and author', async () => {
  const tried: Tried[] = Array.from({ length: 80 }, () => ({
    id: uuidv7(),
    ours: random() < 0.8,
    mine: random() < 0.8,
    ...somePlace(random),
  }))
  const [elsewhere, anyone] = [
    (await house.organisation()).id,
    (await house.person((await house.organisation()).id)).id,
  ]
  const exchange = rows[0]!.id
  const columns = 'region_id, departement_id, epci_id, clpe_id, organisation_id'
  for (const [table, insert, may, lost] of [
    [
      'exchanges',
      `insert into exchanges (id, siret, ${columns}, author_id, occurred_on, reached, visibility, recorded_at)
        values ((r ->> 'id')::uuid, 31000000000001, ${place}, ${whose(elsewhere)}, ${who(anyone)}, '2026-10-01', true,
        'reseau', now())`,
      (v: Viewer, r: Tried) => r.ours && r.mine && mayRecord(v, r) === true,
      [
        (v: Viewer, r: Tried) => r.ours && mayRecord(v, r) === true,
        (v: Viewer, r: Tried) => r.mine && mayRecord(v, r) === true,
        (v: Viewer, r: Tried) => r.ours && r.mine && mayRead(v, r),
        (v: Viewer, r: Tried) => r.ours && r.mine && covers(v, 'campagnes', 'conseiller', r),
      ],
    ],
    [
      'exchange_contents',
      `insert into exchange_contents (exchange_id, ${columns}, visibility, channel, result)
        values ('${exchange}', ${place}, ${whose(elsewhere)}, 'reseau', 'telephone', 'refus')`,
      ours,
      oursLost,
    ],
    [
      'exchange_versions',
      `insert into exchange_versions (exchange_id, version, ${columns}, visibility, at, by_id, change, occurred_on,
        content) values ('${exchange}', 1, ${place}, ${whose(elsewhere)}, 'reseau', now(), ctx.account(), 'recorded',
        '2026-10-01', '{}')`,
      ours,
      oursLost,
    ],
    [
      'next_actions',
      `insert into next_actions (id, exchange_id, siret, ${columns}, visibility, kind, due_on, owner_id)
        values ((r ->> 'id')::uuid, '${exchange}', 31000000000001, ${place}, ${whose(elsewhere)}, 'reseau', 'rappel',
        '2026-12-01', ctx.account())`,
      ours,
      oursLost,
    ],
  ] as const) {
    const sights = await insertSights(house.owner, house.database, hashes, tried, insert)
    const differ = (may: (v: Viewer, r: Tried) => boolean) => disagreements(sights, tried, may)
    const done = sights.reduce((n, s) => n + s.ids.size, 0)
    assert.ok(
      sights.length * tried.length > 8_000 && done > 150 && done < (sights.length * tried.length) / 2,
      `${table}: ${done}`,
    )
    assert.deepEqual(differ(may).slice(0, 3), [], table)
    for (const [i, mutant] of lost.entries()) assert.notEqual(differ(mutant).length, 0, `${table}: clause ${i}`)
  }
})

test('SEC-6, CAM-5: what was handed over: noted by who may plan it, in their own name; read by them alone; the policy and the database agree', async () => {
  const { rows: planned } = await house.owner.query<{ id: string; exchange: string }>(
    'select id, exchange_id as exchange from next_actions',
  )
  const actionOf = new Map(planned.map(({ id, exchange }) => [exchange, id]))
  const some = rows.slice(0, 120).map(row => ({ ...row, actionId: actionOf.get(row.id)!, mine: random() < 0.8 }))
  const anyone = (await house.person(organisations[0]!)).id
  const sights = await insertSights(
    house.owner,
    house.database,
    hashes,
    some,
    `insert into handed_actions (next_action_id, version, at, by_id, organisation_id, owner_id, due_on)
      values ((r ->> 'actionId')::uuid, 2, now(), ${who(anyone)}, ctx.organisation(), (r ->> 'ownerId')::uuid, '2026-12-01')`,
  )
  type Noted = (typeof some)[number]
  const notes = (v: Viewer, r: Noted) => v.state === 'active' && r.mine && mayHandOver(v, r) === true
  assert.ok(sights.some(({ ids }) => ids.size > 1))
  assert.deepEqual(disagreements(sights, some, notes).slice(0, 3), [])
  for (const lost of [
    (v: Viewer, r: Noted) => v.state === 'active' && mayHandOver(v, r) === true,
    (v: Viewer, r: Noted) => v.state === 'active' && r.mine && mayRecord(v, r) === true,
    (v: Viewer, r: Noted) => notes(v, r) && r.ownerId === v.accountId,
  ])
    assert.notEqual(disagreements(sights, some, lost).length, 0, String(lost))

  // Only as the action stands: whose it is, and the version that the handing over writes.
  const { viewer, ids } = sights.find(({ viewer, ids }) => some.some(r => ids.has(r.id) && notes(viewer, r)))!
  const one = some.find(r => ids.has(r.id) && notes(viewer, r))!
  const noted = (owner: string, version: number) =>
    sql`insert into handed_actions (next_action_id, version, at, by_id, organisation_id, owner_id, due_on)
      values (${one.actionId}::uuid, ${version}, now(), ctx.account(), ctx.organisation(), ${owner}::uuid, '2026-12-01')`
  const other = (await house.person(viewer.organisationId)).id
  const hash = hashes[viewersAt.get(viewer.accountId)!]!
  assert.deepEqual(
    [
      await mayWrite(house.database, hash, noted(one.ownerId, 2)),
      await mayWrite(house.database, hash, noted(other, 2)),
      await mayWrite(house.database, hash, noted(one.ownerId, 3)),
    ],
    [true, false, false],
  )

  const handed = some.map(row => ({ ...row, id: row.actionId, byId: row.ownerId }))
  await house.owner.query(
    `insert into handed_actions (next_action_id, version, at, by_id, organisation_id, owner_id, due_on)
      select n.id, 2, now(), n.owner_id, n.organisation_id, n.owner_id, n.due_on from next_actions n where n.id = any ($1)`,
    [handed.map(({ id }) => id)],
  )
  const read = (of: readonly Buffer[] = hashes) =>
    sightsOf(house.database, of, sql<{ id: string }>`select next_action_id as id from handed_actions`)
  const reads = (v: Viewer, r: (typeof handed)[number]) => v.state === 'active' && mayReadHanding(v, r)
  const seen = await read()
  assert.ok(seen.some(({ ids }) => ids.size > 0))
  assert.deepEqual(disagreements(seen, handed, reads).slice(0, 3), [])
  await withPolicyChanged(house.owner, 'handed_actions', 'read', '(select ctx.ok())', async () =>
    assert.ok(await isSeen(hashes, async one => disagreements(await read(one), handed, reads).length > 0)),
  )
  // Taking back asks no more of the database than to read the handing and to rewrite the action.
  for (const { viewer, ids } of seen)
    for (const row of handed.filter(row => mayTakeBack(viewer, row) === true && viewer.state === 'active'))
      assert.ok(ids.has(row.id) && mayRecord(viewer, row) === true)
})
