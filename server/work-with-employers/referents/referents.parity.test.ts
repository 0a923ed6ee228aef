import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { tokenHash } from '../../platform/session-cookie.ts'
import { covers, type TerritoryLine, type Viewer } from '../../platform/viewer.ts'
import { type House, openHouse, type Person } from '../../testing/house.ts'
import { disagreements, insertSights, isSeen, mayWrite, sightsOf, withPolicyChanged } from '../../testing/parity.ts'
import { insertPlaces, peopleOfAllKinds, pick, seededRandom, somePlace } from '../../testing/people.ts'
import { mayEnd, mayName, mayReadReferent, type NamedPerson } from './referents.policy.ts'
import { aReferent, insertReferents, type ReferentSeed } from './testing.ts'

type Row = ReferentSeed & NamedPerson
const random = seededRandom(17)
let house: House
let hashes: Buffer[]
let rows: Row[]

before(async () => {
  house = await openHouse([])
  await insertPlaces(house)
  const organisations = [
    await house.organisation(),
    await house.organisation(),
    await house.organisation({ kind: 'operateur' }),
  ].map(({ id }) => id)
  hashes = await peopleOfAllKinds(house, organisations, 90, random)
  // In post everywhere, and of no rank: most of the others are nowhere.
  const advisors: Person[] = []
  for (const id of [...organisations, ...organisations])
    advisors.push(
      await house.person(id, [
        { profile: 'conseiller', territoryId: 0 },
        { tool: 'fiche-etablissement', profile: 'consultation', territoryId: 0 },
      ]),
    )
  hashes = [...hashes, ...advisors.map(({ cookie }) => tokenHash(cookie.slice('session='.length)))]
  const { rows: accounts } = await house.owner.query('select id, organisation_id from accounts')
  const seeds = Array.from({ length: 240 }, (_, i) => {
    const named = pick(random, i % 3 ? accounts : accounts.filter(({ id }) => advisors.some(one => one.id === id)))
    const colleagues = accounts.filter(one => one.organisation_id === named.organisation_id)
    return aReferent({
      siret: 31000000000000 + i,
      organisationId: named.organisation_id,
      accountId: named.id,
      namedById: pick(random, colleagues).id,
      ...somePlace(random),
    })
  })
  await insertReferents(house.owner, seeds)
  const reader = await house.person(organisations[0]!, [
    { tool: 'fiche-etablissement', profile: 'consultation', territoryId: 0 },
  ])
  const [posts] = await sightsOf(
    house.database,
    [tokenHash(reader.cookie.slice('session='.length))],
    sql<{ id: string }>`select id from referents where referent_in_post(id)`,
  )
  rows = seeds.map(seed => ({ ...seed, inPost: posts!.ids.has(seed.id) }))
})
after(() => house.close())

const read = (of: readonly Buffer[] = hashes) =>
  sightsOf(house.database, of, sql<{ id: string }>`select id from referents`)
const ended = (of: readonly Buffer[] = hashes) =>
  sightsOf(
    house.database,
    of,
    sql<{ id: string }>`update referents set ended_at = now(), until = '2027-06-01', ended_how = 'ended',
      end_reason = 'Essai', ended_by = ctx.account(), ended_organisation = ctx.organisation() returning id`,
  )
const ends = (viewer: Viewer, row: Row) => mayEnd(viewer, row) === true
const seenBy = (sights: readonly { ids: ReadonlySet<string> }[]) => sights.reduce((n, { ids }) => n + ids.size, 0)

test('SEC-6, EST-3: who reads a referent: the policy and the database agree on every pair, and not when a clause goes', async () => {
  const sights = await read()
  assert.ok(seenBy(sights) > 1000)
  assert.deepEqual(disagreements(sights, rows, mayReadReferent).slice(0, 3), [])
  assert.notEqual(disagreements(sights, rows, () => true).length, 0)
  for (const using of [
    '(select ctx.ok())',
    '(select ctx.ok()) and ctx.covers((select ctx.conseiller()), region_id, departement_id, epci_id, clpe_id)',
    '(select ctx.ok()) and ctx.covers((select ctx.fiche()), region_id, departement_id, epci_id, null)',
  ])
    await withPolicyChanged(house.owner, 'referents', 'read', using, async () =>
      assert.ok(await isSeen(hashes, async one => disagreements(await read(one), rows, mayReadReferent).length > 0)),
    )
})

test('SEC-6, EST-3: who ends it: the policy and the database agree on every pair, and not when a clause goes', async () => {
  const posts = rows.filter(({ inPost }) => inPost).length
  assert.ok(posts > 5 && posts < rows.length - 5, `${posts} in post`)
  const sights = await ended()
  assert.ok(seenBy(sights) > 200)
  assert.deepEqual(disagreements(sights, rows, ends).slice(0, 3), [])
  for (const mutant of [
    (v: Viewer, r: Row) => mayEnd(v, { ...r, inPost: true }) === true,
    (v: Viewer, r: Row) => mayEnd(v, { ...r, inPost: false }) === true,
    (v: Viewer, r: Row) => ends(v, r) && r.organisationId === v.organisationId,
  ])
    assert.notEqual(disagreements(sights, rows, mutant).length, 0)
  const at = 'region_id, departement_id, epci_id, clpe_id)'
  const own = 'organisation_id = (select ctx.organisation())'
  const there = `(select ctx.ok()) and ctx.covers((select ctx.conseiller()), ${at} and ctx.covers((select ctx.fiche()), ${at}`
  const led = `ctx.covers((select ctx.responsable()), ${at}`
  const gone = `(${own} or ${led}) and not referent_in_post(id)`
  for (const using of [
    `${there} and (${own} or ${gone})`,
    `${there} and (${own} and ${led} or ${gone})`,
    `${there} and ${own} and (account_id = (select ctx.account()) or named_by = (select ctx.account()) or ${led})`,
    `${there} and (${own} and account_id = (select ctx.account()) or ${own} or ${led})`,
  ])
    await withPolicyChanged(house.owner, 'referents', 'finish', using, async () =>
      assert.ok(await isSeen(hashes, async one => disagreements(await ended(one), rows, ends).length > 0), using),
    )
})

type Tried = TerritoryLine & { readonly id: string; readonly siret: number; readonly mine: boolean }
test('SEC-6, EST-3: who names, and in whose name: the policy and the database agree on every pair', async () => {
  const tried: Tried[] = Array.from({ length: 80 }, (_, i) => ({
    id: rows[i]!.id.replace(/^./, 'f'),
    siret: 32000000000000 + i,
    mine: i % 6 !== 0,
    ...somePlace(random),
  }))
  const another = rows[1]!
  const sights = await insertSights(
    house.owner,
    house.database,
    hashes,
    tried,
    `insert into referents (id, siret, region_id, departement_id, epci_id, clpe_id, organisation_id, account_id, since,
      named_by, named_at)
    values ((r ->> 'id')::uuid, (r ->> 'siret')::bigint, (r ->> 'regionId')::int, (r ->> 'departementId')::int,
      (r ->> 'epciId')::int, (r ->> 'clpeId')::int,
      case when (r ->> 'mine')::boolean then ctx.organisation() else '${another.organisationId}' end,
      case when (r ->> 'mine')::boolean then ctx.account() else '${another.accountId}' end, '2027-01-01',
      case when (r ->> 'mine')::boolean then ctx.account() else '${another.accountId}' end, now())`,
  )
  const expected = (viewer: Viewer, row: Tried) =>
    viewer.state === 'active' && (row.mine || viewer.accountId === another.accountId) && mayName(viewer, row) === true
  assert.ok(seenBy(sights) > 50)
  assert.deepEqual(disagreements(sights, tried, expected).slice(0, 3), [])
  for (const mutant of [
    (v: Viewer, r: Tried) => mayName(v, r) === true,
    (v: Viewer, r: Tried) => r.mine && covers(v, 'campagnes', 'conseiller', r),
  ])
    assert.notEqual(disagreements(sights, tried, mutant).length, 0)
})

test('SEC-6, EST-3: nobody ends it in another’s name, nor changes whom it says, from when or by whom', async () => {
  const someone = await house.person(rows[0]!.organisationId, [
    { profile: 'conseiller', territoryId: 0 },
    { tool: 'fiche-etablissement', profile: 'consultation', territoryId: 0 },
  ])
  const other = rows.find(({ accountId }) => accountId !== someone.id)!
  const own = { siret: 34000000000000, organisationId: someone.organisationId, accountId: someone.id }
  const referent = aReferent(own)
  await insertReferents(house.owner, [referent])
  const end = (by: { id: string; organisationId: string }, also = sql`end_reason = 'Essai'`) =>
    sql`update referents set ended_at = now(), until = '2027-06-01', ended_how = 'ended', ended_by = ${by.id}::uuid,
      ended_organisation = ${by.organisationId}::uuid, ${also} where id = ${referent.id}::uuid`
  for (const [what, may, write] of [
    ['in one’s own name', true, end(someone)],
    ['in another’s', false, end({ id: other.accountId, organisationId: other.organisationId })],
    ['its first day with it', false, end(someone, sql`end_reason = 'Essai', since = since - 1`)],
    ['its person with it', false, end(someone, sql`end_reason = 'Essai', account_id = named_by`)],
  ] as const)
    assert.equal(await mayWrite(house.database, tokenHash(someone.cookie.slice('session='.length)), write), may, what)
})
