import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { uuidv7 } from '../../platform/ids.ts'
import type { TerritoryLine, Viewer } from '../../platform/viewer.ts'
import { type House, openHouse } from '../../testing/house.ts'
import {
  disagreements,
  isSeen,
  mayWrite,
  sightsOf,
  withFunctionChanged,
  withPolicyChanged,
} from '../../testing/parity.ts'
import { insertPlaces, peopleOfAllKinds, pick, seededRandom, somePlace } from '../../testing/people.ts'
import type { Outcome } from './proposal-rules.ts'
import { mayReadProposal } from './proposals.model.ts'
import { maySettle, type Proposed } from './proposals.policy.ts'

type Row = Proposed & TerritoryLine & { id: string }
const random = seededRandom(29)
const outcomes = ['accepted', 'declined', 'withdrawn'] as const
let house: House
let hashes: Buffer[]
let rows: Row[]
/** Of each structure, a session that opens something. */
const observers = new Map<string, Buffer>()

const layProposals = async (owners: readonly { id: string; organisation_id: string }[], organisations: string[]) => {
  rows = Array.from({ length: 400 }, () => {
    const by = pick(random, owners)
    return {
      id: uuidv7(),
      fromOrganisationId: by.organisation_id,
      byId: by.id,
      toOrganisationId: pick(
        random,
        organisations.filter(id => id !== by.organisation_id),
      ),
      ...somePlace(random),
    }
  })
  const place = 'r."regionId", r."departementId", r."epciId", r."clpeId"'
  await house.owner.query(
    `with r as materialized (select *
      from jsonb_to_recordset($1) as r (id uuid, "fromOrganisationId" uuid, "byId" uuid, "toOrganisationId" uuid,
      "regionId" int, "departementId" int, "epciId" int, "clpeId" int)),
    x as (insert into exchanges (id, siret, region_id, departement_id, epci_id, clpe_id, organisation_id, author_id,
      occurred_on, reached, visibility, recorded_at)
      select r.id, 31000000000001, ${place}, r."fromOrganisationId", r."byId", '2026-10-01', true, 'reseau', now() from r),
    n as (insert into next_actions (id, exchange_id, siret, region_id, departement_id, epci_id, clpe_id,
      organisation_id, visibility, kind, due_on, owner_id)
      select r.id, r.id, 31000000000001, ${place}, r."fromOrganisationId", 'reseau', 'rappel', '2026-12-01', r."byId"
        from r)
    insert into action_proposals (id, next_action_id, siret, region_id, departement_id, epci_id, clpe_id, kind, due_on,
      from_organisation, by_id, to_organisation, proposed_at, lapses_on)
      select r.id, r.id, 31000000000001, ${place}, 'rappel', '2026-12-01', r."fromOrganisationId", r."byId",
        r."toOrganisationId", now(), '2099-01-01' from r`,
    [JSON.stringify(rows)],
  )
}
before(async () => {
  house = await openHouse([])
  await insertPlaces(house)
  const organisations = [(await house.organisation()).id, (await house.organisation()).id]
  hashes = await peopleOfAllKinds(house, organisations, 90, random)
  const { rows: owners } = await house.owner.query('select id, organisation_id from accounts')
  // One who reads everywhere, and records nowhere.
  await house.person(organisations[0]!, [
    { profile: 'consultation', territoryId: 0 },
    { tool: 'fiche-etablissement', profile: 'consultation', territoryId: 0 },
  ])
  for (const hash of hashes) {
    const [sight] = await sightsOf(house.database, [hash], sql<{ id: string }>`select id from accounts limit 1`)
    if (sight?.viewer.state === 'active' && sight.ids.size) observers.set(sight.viewer.organisationId, hash)
  }
  await layProposals(owners, [...organisations, (await house.organisation()).id])
})
after(() => house.close())

const read = (of: readonly Buffer[] = hashes) =>
  sightsOf(house.database, of, sql<{ id: string }>`select id from action_proposals`)
const reads = (viewer: Viewer, row: Row) => viewer.state === 'active' && mayReadProposal(viewer, row)
test('SEC-6, CAM-5: who reads a proposal: mayReadProposal and the policy agree on every pair', async () => {
  const sights = await read()
  const shown = sights.reduce((n, { ids }) => n + ids.size, 0)
  assert.ok(sights.length * rows.length > 25_000 && shown > 200, `${shown} of ${sights.length * rows.length}`)
  assert.deepEqual(disagreements(sights, rows, reads).slice(0, 3), [])
})
const covered = (ids: string) => `ctx.covers((select ctx.${ids}()), region_id, departement_id, epci_id, clpe_id)`
const own = (side: 'from' | 'to') => `${side}_organisation = (select ctx.organisation())`
for (const [without, using] of [
  ['the card', `ctx.ok() and (${own('from')} or ${own('to')} and ${covered('conseiller')})`],
  ['recording, for who receives', `ctx.ok() and ${covered('fiche')} and (${own('from')} or ${own('to')})`],
  ['the structures', `ctx.ok() and ${covered('fiche')}`],
  ['who proposes', `ctx.ok() and ${covered('fiche')} and ${own('to')} and ${covered('conseiller')}`],
  ['who receives', `ctx.ok() and ${covered('fiche')} and ${own('from')}`],
] as const)
  test(`SEC-6: a policy of reading proposals without ${without} is caught`, () =>
    withPolicyChanged(house.owner, 'action_proposals', 'read', using, async () =>
      assert.ok(await isSeen(hashes, async one => disagreements(await read(one), rows, reads).length > 0)),
    ))

const settleable = (outcome: Outcome, of: readonly Buffer[] = hashes) =>
  sightsOf(
    house.database,
    of,
    sql<{
      id: string
    }>`select id from ctx.settleable_proposals(${rows.map(({ id }) => id)}::uuid[], ${outcome}) as p (id)`,
  )
const settles = (outcome: Outcome) => (viewer: Viewer, row: Row) =>
  viewer.state === 'active' && maySettle(viewer, row, outcome) === true
for (const outcome of outcomes)
  test(`SEC-6, CAM-5: who says a proposal is ${outcome}: maySettle and ctx.settleable_proposals agree on every pair`, async () => {
    const sights = await settleable(outcome)
    assert.ok(sights.reduce((n, { ids }) => n + ids.size, 0) > 50)
    assert.deepEqual(disagreements(sights, rows, settles(outcome)).slice(0, 3), [])
  })
const placed = (ids: string) => `ctx.covers((select ctx.${ids}()), p.region_id, p.departement_id, p.epci_id, p.clpe_id)`
for (const [clause, to] of [
  [placed('conseiller'), 'true'],
  [placed('fiche'), 'true'],
  [placed('responsable'), 'true'],
  [placed('responsable'), 'false'],
  ['p.by_id = (select ctx.account())', 'false'],
  ['p.to_organisation = (select ctx.organisation())', 'true'],
  ['p.from_organisation = (select ctx.organisation())', 'true'],
] as const)
  test(`SEC-6: ctx.settleable_proposals with « ${clause} » ${to} is caught`, () =>
    withFunctionChanged(house.owner, 'ctx.settleable_proposals(uuid[], text)', clause, to, async () =>
      assert.ok(
        await isSeen(hashes, async one => {
          for (const outcome of outcomes)
            if (disagreements(await settleable(outcome, one), rows, settles(outcome)).length > 0) return true
          return false
        }),
      ),
    ))

/** Who records at each place, of each structure: as proposals ask it, and as its own people are told. */
const elsewhere = seededRandom(31)
const somePlaces = Array.from({ length: 20 }, () => somePlace(elsewhere))
const place = ({ regionId, departementId, epciId, clpeId }: TerritoryLine) => [regionId, departementId, epciId, clpeId]
const advisors = async (organisationId: string) => {
  const found: string[] = []
  for (const [at, one] of somePlaces.entries()) {
    const { rows: there } = await house.owner.query(
      'select account_id as id from ctx.advisors_at($1, $2, $3, $4, $5, current_date)',
      [organisationId, ...place(one)],
    )
    found.push(...there.map(({ id }) => `${at} ${id}`))
  }
  return found.toSorted()
}
const colleagues = async (observer: Buffer) => {
  const [sight] = await sightsOf(
    house.database,
    [observer],
    sql<{ id: string }>`select p.at - 1 || ' ' || c.id as id from jsonb_to_recordset(${JSON.stringify(
      somePlaces.map((one, at) => ({ ...one, at: at + 1 })),
    )}::jsonb) as p (at int, "regionId" int, "departementId" int, "epciId" int, "clpeId" int)
      cross join lateral colleagues_at(p."regionId", p."departementId", p."epciId", p."clpeId", current_date) c (id)`,
  )
  return [...sight!.ids].toSorted()
}
const differing = async () => {
  let parted = 0
  for (const [organisationId, observer] of observers)
    parted += Number((await advisors(organisationId)).join() !== (await colleagues(observer)).join())
  return parted
}
test('SEC-6, CAM-5: who records there in a structure: ctx.advisors_at says what colleagues_at tells its own people', async () => {
  assert.equal(observers.size, 2)
  for (const organisationId of observers.keys()) assert.ok((await advisors(organisationId)).length > 5)
  assert.equal(await differing(), 0)
})
for (const [clause, to] of [
  ['a.organisation_id = of_organisation', 'true'],
  ['r.records', 'true'],
  ['r.reads', 'true'],
  ['ctx.rank(g.profile) >= 2', 'true'],
  ['g.territory_id in (0, region, departement, epci, clpe)', 'true'],
] as const)
  test(`SEC-6: ctx.advisors_at with « ${clause} » ${to} is caught`, () =>
    withFunctionChanged(house.owner, 'ctx.advisors_at(uuid, int, int, int, int, date)', clause, to, async () =>
      assert.ok((await differing()) > 0),
    ))

test('SEC-6: the application writes no proposal by itself, nor moves one on', async () => {
  const [{ id } = { id: '' }] = rows
  for (const hash of hashes.slice(0, 20)) {
    const lay = sql`insert into action_proposals (id, next_action_id, siret, kind, due_on, from_organisation, by_id,
        to_organisation, proposed_at, lapses_on)
      select gen_random_uuid(), next_action_id, siret, kind, due_on, from_organisation, by_id, to_organisation, now(),
        lapses_on from action_proposals limit 1`
    for (const write of [
      lay,
      sql`update action_proposals set state = 'accepted', answered_at = now() where id = ${id}::uuid`,
      sql`delete from action_proposals`,
    ])
      assert.equal(await mayWrite(house.database, hash, write), false)
  }
})
