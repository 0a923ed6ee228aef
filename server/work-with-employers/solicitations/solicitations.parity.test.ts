import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { covers, type TerritoryLine, type Viewer } from '../../platform/viewer.ts'
import type { TaskForceRights } from '../../territory-and-register/territories/task-forces.policy.ts'
import { insertTaskForce } from '../../territory-and-register/territories/testing.ts'
import { type House, openHouse } from '../../testing/house.ts'
import { disagreements, insertSights, isSeen, sightsOf, withPolicyChanged } from '../../testing/parity.ts'
import { insertPlaces, peopleOfAllKinds, pick, places, seededRandom, somePlace } from '../../testing/people.ts'
import { aCampaign, insertCampaign } from '../campaigns/testing.ts'
import { mayOverrun } from './solicitations.model.ts'
import { mayReadBudget, mayReadOverrun, maySetBudget } from './solicitations.policy.ts'
import { anOverrun, insertBudgets, insertOverruns, type OverrunSeed } from './testing.ts'

const random = seededRandom(27)
let house: House
let hashes: Buffer[]
let campaignId: string
let forces: (TaskForceRights & { id: string })[]
let overruns: OverrunSeed[]

const layForces = async (organisations: readonly string[]) => {
  forces = []
  for (let clpeId = 10101; clpeId < 10161; clpeId++) {
    const place = {
      regionId: pick(random, places.regions),
      departementId: pick(random, places.departements),
      epciId: pick(random, [...places.epcis, null]),
    }
    await house.owner.query(`insert into territories (id, kind, code, name) values ($1, 'clpe', $2, $2)`, [
      clpeId,
      String(clpeId),
    ])
    await house.owner.query(
      'insert into communes (code, name, region_id, departement_id, epci_id, clpe_id) values ($1, $1, $2, $3, $4, $5)',
      [String(clpeId), place.regionId, place.departementId, place.epciId, clpeId],
    )
    const [pilotId, member] = [pick(random, organisations), pick(random, organisations)]
    await insertTaskForce(house.owner, { clpeId, pilotId, memberIds: [member], sensitiveSectors: [] })
    forces.push({ id: String(clpeId), ...place, clpeId, pilotId, memberIds: [pilotId, member], left: false })
  }
  await house.owner.query(
    `insert into territory_overlaps select a.id, b.id from territories a, territories b where a.id = b.id
      or exists (select from communes c where a.id in (c.region_id, c.departement_id, c.epci_id, c.clpe_id)
      and b.id in (c.region_id, c.departement_id, c.epci_id, c.clpe_id)) on conflict do nothing`,
  )
}
before(async () => {
  house = await openHouse([])
  await insertPlaces(house)
  const organisations: string[] = []
  for (let i = 0; i < 8; i++) organisations.push((await house.organisation()).id)
  await layForces(organisations)
  hashes = await peopleOfAllKinds(house, organisations, 300, random)
  const { rows: accounts } = await house.owner.query('select id, organisation_id as "organisationId" from accounts')
  await insertBudgets(
    house.owner,
    accounts[0],
    forces.map(({ clpeId }) => ({ clpeId, version: 1, perMonth: 6 })),
  )
  const { id, organisationId } = accounts[0]
  campaignId = (await insertCampaign(house.owner, aCampaign({ pilotId: organisationId, status: 'open' }), id)).id
  overruns = Array.from({ length: 400 }, (_, i) => {
    const author = pick(random, accounts)
    const by = { organisationId: author.organisationId, authorId: author.id, campaignId }
    return anOverrun({ siret: 41000000000000 + i, ...by, ...somePlace(random) })
  })
  await insertOverruns(house.owner, overruns)
})
after(() => house.close())

const seenBy = (sights: readonly { ids: ReadonlySet<string> }[]) => sights.reduce((n, { ids }) => n + ids.size, 0)
const active =
  <Row>(may: (viewer: Viewer, row: Row) => unknown) =>
  (viewer: Viewer, row: Row) =>
    viewer.state === 'active' && may(viewer, row) === true

test('SEC-6, CAM-12: who reads a budget: the policy and the database agree on every pair, and not when a clause goes', async () => {
  const reads = (of: readonly Buffer[] = hashes) =>
    sightsOf(house.database, of, sql<{ id: string }>`select clpe_id::text as id from solicitation_budgets`)
  const sights = await reads()
  const may = active(mayReadBudget)
  assert.ok(seenBy(sights) > 500 && seenBy(sights) < (sights.length * forces.length) / 2)
  assert.deepEqual(disagreements(sights, forces, may).slice(0, 3), [])
  for (const mutant of [
    () => true,
    (v: Viewer, r: TaskForceRights) => mayReadBudget(v, { ...r, memberIds: [] }),
    (v: Viewer, r: TaskForceRights) => mayReadBudget({ ...v, grants: [] }, r),
  ])
    assert.notEqual(disagreements(sights, forces, active<TaskForceRights>(mutant)).length, 0)
  for (const using of ['(select ctx.ok())', 'clpe_id in (select ctx.piloted_task_forces())'])
    await withPolicyChanged(house.owner, 'solicitation_budgets', 'read', using, async () =>
      assert.ok(await isSeen(hashes, async one => disagreements(await reads(one), forces, may).length > 0), using),
    )
})

interface Set extends TaskForceRights {
  readonly id: string
  readonly ours: boolean
  readonly mine: boolean
}
test('SEC-6, CAM-12: who sets a budget, and in whose name: the policy and the database agree on every pair', async () => {
  const someone = overruns[0]!
  const rows: Set[] = forces.map((force, i) => ({ ...force, ours: i % 6 !== 0, mine: i % 7 !== 0 }))
  const sights = await insertSights(
    house.owner,
    house.database,
    hashes.slice(0, 150),
    rows,
    `insert into solicitation_budgets (clpe_id, version, per_month, set_at, set_by, set_organisation)
    values ((r ->> 'clpeId')::int, 2, 5, now(),
      case when (r ->> 'mine')::boolean then ctx.account() else '${someone.authorId}' end,
      case when (r ->> 'ours')::boolean then ctx.organisation() else '${someone.organisationId}' end)`,
  )
  const own = (viewer: Viewer, row: Set) =>
    (row.ours || viewer.organisationId === someone.organisationId) &&
    (row.mine || viewer.accountId === someone.authorId)
  const may = active<Set>((viewer, row) => own(viewer, row) && maySetBudget(viewer, row))
  assert.ok(seenBy(sights) > 15)
  assert.deepEqual(disagreements(sights, rows, may).slice(0, 3), [])
  for (const mutant of [
    (v: Viewer, r: Set) => maySetBudget(v, r),
    (v: Viewer, r: Set) => own(v, r) && r.pilotId === v.organisationId,
    (v: Viewer, r: Set) => own(v, r) && covers(v, 'campagnes', 'pilote', r),
    (v: Viewer, r: Set) => own(v, r) && r.pilotId === v.organisationId && covers(v, 'campagnes', 'responsable', r),
  ])
    assert.notEqual(disagreements(sights, rows, active<Set>(mutant)).length, 0)
})

test('SEC-6, CAM-12: who reads an overrun: the policy and the database agree on every pair, and not when a clause goes', async () => {
  const reads = (of: readonly Buffer[] = hashes) =>
    sightsOf(house.database, of, sql<{ id: string }>`select id from budget_overruns`)
  const sights = await reads()
  const may = active<OverrunSeed>(mayReadOverrun)
  const pairs = sights.length * overruns.length
  assert.ok(pairs > 80_000 && seenBy(sights) > pairs / 20 && seenBy(sights) < pairs / 2)
  assert.deepEqual(disagreements(sights, overruns, may).slice(0, 3), [])
  for (const mutant of [
    () => true,
    (v: Viewer, r: TerritoryLine) => covers(v, 'campagnes', 'consultation', r),
    (v: Viewer, r: TerritoryLine) => covers(v, 'fiche-etablissement', 'conseiller', r),
  ])
    assert.notEqual(disagreements(sights, overruns, active<OverrunSeed>(mutant)).length, 0)
  for (const using of [
    '(select ctx.ok())',
    '(select ctx.ok()) and ctx.covers((select ctx.conseiller()), region_id, departement_id, epci_id, clpe_id)',
    '(select ctx.ok()) and ctx.covers((select ctx.fiche()), region_id, departement_id, epci_id, null)',
  ])
    await withPolicyChanged(house.owner, 'budget_overruns', 'read', using, async () =>
      assert.ok(await isSeen(hashes, async one => disagreements(await reads(one), overruns, may).length > 0), using),
    )
})

interface Tried extends TerritoryLine {
  readonly id: string
  readonly siret: number
  readonly ours: boolean
  readonly mine: boolean
}
test('SEC-6, CAM-12: who goes past a budget, and in whose name: the policy and the database agree on every pair', async () => {
  const someone = overruns[1]!
  const rows: Tried[] = Array.from({ length: 120 }, (_, i) => ({
    id: overruns[i]!.id.replace(/^./, 'f'),
    siret: 42000000000000 + i,
    ours: i % 6 !== 0,
    mine: i % 7 !== 0,
    ...somePlace(random),
  }))
  const sights = await insertSights(
    house.owner,
    house.database,
    hashes,
    rows,
    `insert into budget_overruns (id, siret, region_id, departement_id, epci_id, clpe_id, act, campaign_id, on_day, reason,
      organisation_id, author_id, at)
    values ((r ->> 'id')::uuid, (r ->> 'siret')::bigint, (r ->> 'regionId')::int, (r ->> 'departementId')::int,
      (r ->> 'epciId')::int, (r ->> 'clpeId')::int, 'take', '${campaignId}', '2027-01-15', 'Essai',
      case when (r ->> 'ours')::boolean then ctx.organisation() else '${someone.organisationId}' end,
      case when (r ->> 'mine')::boolean then ctx.account() else '${someone.authorId}' end, now())`,
  )
  const own = (viewer: Viewer, row: Tried) =>
    (row.ours || viewer.organisationId === someone.organisationId) &&
    (row.mine || viewer.accountId === someone.authorId)
  assert.ok(seenBy(sights) > 100)
  assert.deepEqual(
    disagreements(
      sights,
      rows,
      active<Tried>((v, r) => own(v, r) && mayOverrun(v, r)),
    ).slice(0, 3),
    [],
  )
  for (const mutant of [
    (v: Viewer, r: Tried) => mayOverrun(v, r),
    (v: Viewer, r: Tried) => own(v, r) && covers(v, 'campagnes', 'consultation', r),
    (v: Viewer, r: Tried) => own(v, r) && mayOverrun(v, r) && mayReadOverrun(v, r),
  ])
    assert.notEqual(disagreements(sights, rows, active<Tried>(mutant)).length, 0)
})
