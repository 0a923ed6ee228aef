import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { uuidv7 } from '../../platform/ids.ts'
import { within } from '../../platform/job.ts'
import { tokenHash } from '../../platform/session-cookie.ts'
import type { TerritoryLine, Viewer } from '../../platform/viewer.ts'
import { type House, openHouse, type Person } from '../../testing/house.ts'
import { disagreements, isSeen, mayWrite, sightsOf, withFunctionChanged } from '../../testing/parity.ts'
import { insertPlaces, peopleOfAllKinds, pick, seededRandom, somePlace } from '../../testing/people.ts'
import { places } from '../campaigns/testing-world.ts'
import { mayFinish } from '../exchanges/exchanges.policy.ts'
import { mayTakeBack } from './bulk-works.model.ts'
import { mayCountActions } from './bulk-works.policy.ts'
import { doPart } from './bulk-works.queries.ts'
import { type BulkHouse, openBulkHouse } from './testing.ts'

type Row = TerritoryLine & {
  id: string
  organisationId: string
  authorId: string
  ownerId: string
  visibility: 'reseau' | 'organisation'
}
const random = seededRandom(17)
let house: House
let bulk: BulkHouse
let hashes: Buffer[]
let rows: Row[]
let people: readonly Person[]
let accounts: string[]
/** A session of each structure that opens something. */
let observers: Buffer[]

const layActions = async (owners: readonly { id: string; organisation_id: string }[]) => {
  rows = Array.from({ length: 600 }, () => {
    const [owner, author] = [pick(random, owners), pick(random, owners)]
    return {
      id: uuidv7(),
      organisationId: owner.organisation_id,
      authorId: author.id,
      ownerId: owner.id,
      visibility: pick(random, ['reseau', 'organisation'] as const),
      ...somePlace(random),
    }
  })
  const place = 'r."regionId", r."departementId", r."epciId", r."clpeId"'
  await house.owner.query(
    `with r as materialized (select *
      from jsonb_to_recordset($1) as r (id uuid, "organisationId" uuid, "authorId" uuid, "ownerId" uuid, visibility text,
      "regionId" int, "departementId" int, "epciId" int, "clpeId" int)),
    x as (insert into exchanges (id, siret, region_id, departement_id, epci_id, clpe_id, organisation_id, author_id,
      occurred_on, reached, visibility, recorded_at)
      select r.id, 31000000000001, ${place}, r."organisationId", r."authorId", '2026-10-01', true, r.visibility, now()
        from r)
    insert into next_actions (id, exchange_id, siret, region_id, departement_id, epci_id, clpe_id, organisation_id,
      visibility, kind, due_on, owner_id)
      select r.id, r.id, 31000000000001, ${place}, r."organisationId", r.visibility, 'rappel', '2026-12-01', r."ownerId"
        from r`,
    [JSON.stringify(rows)],
  )
}
before(async () => {
  house = await openHouse([])
  await insertPlaces(house)
  const organisations = [(await house.organisation()).id, (await house.organisation()).id]
  hashes = await peopleOfAllKinds(house, organisations, 90, random)
  const owners = (await house.owner.query('select id, organisation_id from accounts')).rows
  await layActions(owners)
  // One who reads everywhere, and records nowhere.
  const reader = await house.person(organisations[0]!, [
    { profile: 'consultation', territoryId: 0 },
    { tool: 'fiche-etablissement', profile: 'consultation', territoryId: 0 },
  ])
  accounts = [...owners.map(({ id }) => id), reader.id]
  const opened = new Map<string, Buffer>()
  for (const hash of hashes) {
    const [sight] = await sightsOf(house.database, [hash], sql<{ id: string }>`select id from accounts limit 1`)
    if (sight?.viewer.state === 'active' && sight.ids.size) opened.set(sight.viewer.organisationId, hash)
  }
  observers = [...opened.values()]
  bulk = await openBulkHouse(1)
  const { ines, colleague, advisor, member, stranger } = bulk
  const card = { tool: 'fiche-etablissement', profile: 'consultation', territoryId: places.gironde } as const
  people = [
    ines,
    colleague,
    advisor,
    member,
    stranger,
    await bulk.house.person(ines.organisationId, [card]),
    await bulk.house.person(ines.organisationId, [card, { profile: 'consultation', territoryId: places.gironde }]),
    await bulk.house.person(ines.organisationId, [card, { profile: 'responsable', territoryId: places.garonne }]),
    await bulk.house.person(ines.organisationId),
  ]
})
after(async () => {
  await house.close()
  await bulk.close()
})

const seen = (of: readonly Buffer[] = hashes) =>
  sightsOf(
    house.database,
    of,
    sql<{ id: string }>`select id from ctx.finishable_actions(${rows.map(({ id }) => id)}::uuid[]) as f (id)`,
  )
const finishes = (viewer: Viewer, row: Row) => viewer.state === 'active' && mayFinish(viewer, row) === true

test('SEC-6, CAM-9: who may plan an action again: mayFinish and ctx.finishable_actions agree on every pair', async () => {
  const sights = await seen()
  const shown = sights.reduce((n, { ids }) => n + ids.size, 0)
  assert.ok(sights.length * rows.length > 40_000 && shown > 300, `${shown} of ${sights.length * rows.length}`)
  assert.deepEqual(disagreements(sights, rows, finishes).slice(0, 3), [])
})
const covered = (ids: string) => `ctx.covers(${ids}, n.region_id, n.departement_id, n.epci_id, n.clpe_id)`
for (const [clause, to] of [
  ['n.organisation_id = (select ctx.organisation())', 'true'],
  ['n.owner_id = (select ctx.account())', 'true'],
  ['n.owner_id = (select ctx.account())', 'false'],
  [covered('(select ctx.responsable())'), 'false'],
  [covered('(select ctx.conseiller())'), 'true'],
  [covered('(select ctx.fiche())'), 'true'],
] as const)
  test(`SEC-6: ctx.finishable_actions with « ${clause} » ${to} is caught`, () =>
    withFunctionChanged(house.owner, 'ctx.finishable_actions(uuid[])', clause, to, async () =>
      assert.ok(await isSeen(hashes, async one => disagreements(await seen(one), rows, finishes).length > 0)),
    ))

const backSeen = (of: readonly Buffer[] = hashes) =>
  sightsOf(
    house.database,
    of,
    sql<{ id: string }>`select id from ctx.actions_to_take_back(${rows.map(({ id }) => id)}::uuid[]) as f (id)`,
  )
const takesBack = (viewer: Viewer, row: Row) => viewer.state === 'active' && mayTakeBack(viewer, row) === true
test('SEC-6, CAM-9: who takes back what they handed over: mayTakeBack and ctx.actions_to_take_back agree on every pair', async () => {
  const sights = await backSeen()
  assert.ok(sights.some(({ ids }) => ids.size > 0))
  assert.deepEqual(disagreements(sights, rows, takesBack).slice(0, 3), [])
})
for (const clause of [
  'n.organisation_id = (select ctx.organisation())',
  covered('(select ctx.conseiller())'),
  covered('(select ctx.fiche())'),
])
  test(`SEC-6: ctx.actions_to_take_back without « ${clause} » is caught`, () =>
    withFunctionChanged(house.owner, 'ctx.actions_to_take_back(uuid[])', clause, 'true', async () =>
      assert.ok(await isSeen(hashes, async one => disagreements(await backSeen(one), rows, takesBack).length > 0)),
    ))

/** What a session is answered of these actions; `widened`: having written more territories into its context by hand. */
const answered = async (hash: Buffer, name: string, ids: readonly string[], widened: boolean) => {
  const tx = await house.database.begin()
  try {
    await tx.enter(hash)
    if (widened)
      await tx.run(sql`select set_config('ctx.conseiller', '{0}', true), set_config('ctx.fiche', '{0}', true),
        set_config('ctx.responsable', '{0}', true)`)
    const told = await tx.all(sql<{ id: string }>`select id from ${sql.raw(name)}(${ids}::uuid[]) as f (id)`)
    return told.map(({ id }) => id)
  } finally {
    await tx.rollback()
  }
}
for (const name of ['ctx.finishable_actions', 'ctx.actions_to_take_back'])
  test(`SEC-6, CAM-9: ${name} speaks of the actions asked alone, and of none to a context widened by hand`, async () => {
    const all = rows.map(({ id }) => id)
    let told = 0
    for (const hash of hashes) {
      const [one, ...others] = await answered(hash, name, all, false)
      if (!one || others.length === 0) continue
      told++
      assert.deepEqual(await answered(hash, name, [one], false), [one])
      assert.deepEqual(await answered(hash, name, all, true), [])
    }
    assert.ok(told > 2, `${told} sessions are told of several`)
  })

/** Who records at each place, as one colleague of each structure is told: by reach, and by the hand-over of one action. */
const elsewhere = seededRandom(23)
const somePlaces = Array.from({ length: 20 }, () => somePlace(elsewhere))
const reachParts = async () => {
  const seen = await sightsOf(
    house.database,
    observers,
    sql<{ id: string }>`with place as (select * from jsonb_to_recordset(${JSON.stringify(somePlaces)}::jsonb)
        as p ("regionId" int, "departementId" int, "epciId" int, "clpeId" int)),
      reach as materialized (select a.id, r.* from unnest(${accounts}::uuid[]) a (id)
        cross join lateral ctx.reach_of(a.id, current_date) r),
      byreach as (select r.id, p from reach r cross join place p
        where ctx.covers(r.conseiller, p."regionId", p."departementId", p."epciId", p."clpeId")
          and ctx.covers(r.fiche, p."regionId", p."departementId", p."epciId", p."clpeId")),
      byone as (select c.id, p from place p
        cross join lateral colleagues_at(p."regionId", p."departementId", p."epciId", p."clpeId", current_date) c (id))
      select coalesce(x.id, y.id)::text || case when x.id is null or y.id is null then '!' else '=' end as id
        from byreach x full join byone y on x.id = y.id and x.p = y.p`,
  )
  return seen.flatMap(({ ids }) => [...ids])
}
const parted = (ids: readonly string[]) => ids.filter(id => id.endsWith('!'))
test('SEC-6, CAM-9: where a colleague records: ctx.reach_of says what colleagues_at does, of every place', async () => {
  const all = await reachParts()
  assert.ok(all.length > 5, `${all.length} people`)
  assert.deepEqual(parted(all), [])
})
for (const [clause, to] of [
  ['a.organisation_id = (select ctx.organisation())', 'true'],
  ['ctx.rank(g.profile) >= 2', 'true'],
  [`g.tool = 'fiche-etablissement'`, 'true'],
] as const)
  test(`SEC-6: ctx.reach_of with « ${clause} » ${to} is caught`, () =>
    withFunctionChanged(house.owner, 'ctx.reach_of(uuid, date)', clause, to, async () =>
      assert.ok(parted(await reachParts()).length > 0),
    ))

const hashOf = (person: Person) => tokenHash(person.cookie.split('=')[1]!)
const viewers = async () =>
  (await sightsOf(bulk.house.database, people.map(hashOf), sql<{ id: string }>`select id from accounts`)).map(
    ({ viewer }) => viewer,
  )
test('SEC-6, CAM-9: who counts moves: the policy and the database agree on each, and nobody counts for another', async () => {
  const insert = (who: Person, byId: string) =>
    mayWrite(
      bulk.house.database,
      hashOf(who),
      sql`insert into bulk_works (id, by_id, act, moved_by, counted_at)
        values (${uuidv7()}::uuid, ${byId}::uuid, 'move-actions', 1, now())`,
    )
  const may = (await viewers()).map(viewer => mayCountActions(viewer) === true)
  assert.ok(may.includes(true) && may.includes(false))
  for (const [index, who] of people.entries()) assert.equal(await insert(who, who.id), may[index], who.name)
  assert.equal(await insert(bulk.advisor, bulk.ines.id), false)
})

/** What the worker answers of a move that each has under way, undone after. */
const outcomes = async () => {
  const found: (string | null)[] = []
  for (const { id: byId } of people) {
    let outcome: string | null = null
    await within(bulk.worker)(async ({ db, now }) => {
      const id = uuidv7()
      await bulk.house.owner.query(
        `insert into bulk_works (id, by_id, act, moved_by, counted_at, state, way, origin, request_id, asked_at, part_at)
          values ($1, $2, 'move-actions', 1, now(), 'doing', 'proconnect', 'essai', 'essai', now(), now())`,
        [id, byId],
      )
      await bulk.worker.query('select ctx.enter_bulk_work($1)', [id])
      outcome = await doPart(db, id, 10, now)
      throw new Error('undone')
    }).catch(error => assert.equal(error.message, 'undone'))
    found.push(outcome)
  }
  return found
}
test('SEC-6, CAM-9: the worker goes on with a move, as ctx.do_actions_part says, for who may count one', async () => {
  const expected = (await viewers()).map(viewer => (mayCountActions(viewer) === true ? '' : 'access/no-grant'))
  assert.deepEqual(await outcomes(), expected)
  await withFunctionChanged(
    bulk.house.owner,
    'ctx.do_actions_part(public.bulk_works, int, timestamptz)',
    'coalesce(cardinality(ctx.conseiller()), 0) = 0',
    'false',
    async () => assert.notDeepEqual(await outcomes(), expected, 'a part that does not ask it is caught'),
  )
})
