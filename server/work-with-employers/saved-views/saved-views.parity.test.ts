import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type RawBuilder, sql } from 'kysely'
import { uuidv7 } from '../../platform/ids.ts'
import { tokenHash } from '../../platform/session-cookie.ts'
import type { Viewer } from '../../platform/viewer.ts'
import { type House, openHouse, type Person } from '../../testing/house.ts'
import { disagreements, mayWrite, rowsWritten, type Sight, sightsOf, withPolicyChanged } from '../../testing/parity.ts'
import { aCampaign, insertCampaign } from '../campaigns/testing.ts'
import { layTerritories, places } from '../campaigns/testing-world.ts'
import { mayReadView } from './saved-views.model.ts'
import { mayChangeView, mayRemoveView } from './saved-views.policy.ts'
import { aView, insertView, type ViewSeed } from './testing.ts'

let house: House
let people: readonly Person[]
const rows: ViewSeed[] = []
/** The campaigns that each person sees, as PostgreSQL says. */
let campaigns: readonly Sight[]
before(async () => {
  house = await openHouse([])
  await layTerritories(house.owner)
  const [own, member, other] = [await house.organisation(), await house.organisation(), await house.organisation()]
  const at = { territoryId: places.gironde }
  people = [
    await house.person(own.id, [{ profile: 'pilote', ...at }]),
    await house.person(own.id, [{ profile: 'responsable', ...at }]),
    await house.person(own.id, [{ profile: 'conseiller', ...at }]),
    await house.person(own.id),
    await house.person(member.id, [{ profile: 'conseiller', ...at }]),
    await house.person(member.id, [{ profile: 'conseiller', territoryId: places.garonne }]),
    await house.person(other.id, [{ profile: 'pilote', ...at }]),
  ]
  const campaign = await insertCampaign(
    house.owner,
    aCampaign({
      pilotId: own.id,
      memberIds: [member.id],
      territoryId: places.gironde,
      place: { regionId: places.aquitaine, departementId: places.gironde, epciId: null, clpeId: null },
      status: 'open',
    }),
    people[0]!.id,
    [],
  )
  for (const { id: ownerId, organisationId } of people)
    for (const sharedWith of ['nobody', 'organisation', 'campaign'] as const)
      for (const campaignId of sharedWith === 'campaign' ? [campaign.id] : [campaign.id, null])
        rows.push(
          await insertView(
            house.owner,
            aView({ ownerId, organisationId, sharedWith, campaignId, list: campaignId ? 'targets' : 'search' }),
          ),
        )
  campaigns = await sightsOf(house.database, people.map(hashOf), sql<{ id: string }>`select id from campaigns`)
})
after(() => house.close())

const hashOf = (person: Person) => tokenHash(person.cookie.split('=')[1]!)
const views = () => sightsOf(house.database, people.map(hashOf), sql<{ id: string }>`select id from saved_views`)
const sees = ({ accountId }: Viewer, { campaignId }: ViewSeed) =>
  campaignId !== null && campaigns.find(({ viewer }) => viewer.accountId === accountId)!.ids.has(campaignId)
const reads = (viewer: Viewer, row: ViewSeed) => mayReadView(viewer, row, sees(viewer, row))

test('SEC-6, CAM-10: who reads a view: the model and the database agree on every pair', async () => {
  const sights = await views()
  assert.equal(sights.length, people.length)
  assert.deepEqual(disagreements(sights, rows, reads), [])
  const counts = campaigns.map(({ ids }) => ids.size)
  assert.ok(counts.includes(0) && counts.includes(1), 'some see the campaign, some do not')
})
for (const [clause, using] of [
  ['its owner', `ctx.ok() and (shared_with = 'organisation' and organisation_id = ctx.organisation())`],
  ['its structure alone', `ctx.ok() and (owner_id = ctx.account() or shared_with = 'organisation')`],
  [
    'shared, not kept to oneself',
    `ctx.ok() and (owner_id = ctx.account() or organisation_id = ctx.organisation()
      or (shared_with = 'campaign' and campaign_id in (select ctx.visible_campaigns())))`,
  ],
  [
    'who sees the campaign',
    `ctx.ok() and (owner_id = ctx.account() or (shared_with = 'organisation' and organisation_id = ctx.organisation())
      or shared_with = 'campaign')`,
  ],
] as const)
  test(`SEC-6: a policy of reading without « ${clause} » is caught`, async () => {
    await withPolicyChanged(house.owner, 'saved_views', 'read', using, async () =>
      assert.ok(disagreements(await views(), rows, reads).length > 0),
    )
  })

test('SEC-6, CAM-10: who changes and removes a view: the policies and the database agree on every pair', async () => {
  const sights = await views()
  const seen = { change: 0, remove: 0, refused: 0 }
  for (const [index, who] of people.entries()) {
    const { viewer } = sights[index]!
    for (const row of rows) {
      const [change, remove] = [mayChangeView(viewer, row) === true, mayRemoveView(viewer, row) === true]
      const wrote = (query: Parameters<typeof mayWrite>[2]) => mayWrite(house.database, hashOf(who), query)
      assert.equal(await wrote(sql`update saved_views set name = 'Autre' where id = ${row.id}::uuid`), change)
      assert.equal(await wrote(sql`delete from saved_views where id = ${row.id}::uuid`), remove, JSON.stringify(row))
      seen[change ? 'change' : remove ? 'remove' : 'refused']++
    }
  }
  assert.ok(
    Object.values(seen).every(count => count > 5),
    JSON.stringify(seen),
  )
})
test('SEC-6: nobody saves a view for another, nor of a campaign they do not see, nor pins what they do not read; each menu is one’s own', async () => {
  const [pilot, , , bare, , , stranger] = people as readonly [Person, Person, Person, Person, Person, Person, Person]
  const campaignId = rows.find(row => row.campaignId !== null)!.campaignId
  const save = (who: Person, owner: Person, campaign: string | null, organisationId = owner.organisationId) =>
    mayWrite(
      house.database,
      hashOf(who),
      sql`insert into saved_views (id, owner_id, organisation_id, list, campaign_id, name, address, shared_with, saved_at)
        values (${uuidv7()}, ${owner.id}, ${organisationId}, ${campaign ? 'targets' : 'search'}, ${campaign},
          'Essai', '{}', 'nobody', now())`,
    )
  assert.deepEqual(
    [
      await save(pilot, pilot, campaignId),
      await save(pilot, bare, null),
      await save(stranger, stranger, campaignId),
      await save(stranger, stranger, null),
      await save(pilot, pilot, null, stranger.organisationId),
    ],
    [true, false, false, true, false],
  )
  const pin = (who: Person, view: ViewSeed, whose = who) =>
    mayWrite(
      house.database,
      hashOf(who),
      sql`insert into view_pins (account_id, view_id, pinned_at) values (${whose.id}, ${view.id}, now())`,
    )
  const own = rows.find(row => row.ownerId === pilot.id && row.sharedWith === 'nobody')!
  assert.deepEqual([await pin(pilot, own), await pin(stranger, own), await pin(pilot, own, bare)], [true, false, false])
  await house.owner.query('insert into view_pins (account_id, view_id, pinned_at) values ($1, $2, now())', [
    pilot.id,
    own.id,
  ])
  const pins = await sightsOf(
    house.database,
    [pilot, bare].map(hashOf),
    sql<{ id: string }>`select view_id as id from view_pins`,
  )
  assert.deepEqual(
    pins.map(({ ids }) => [...ids]),
    [[own.id], []],
  )
  const unpin = (who: Person) =>
    mayWrite(house.database, hashOf(who), sql`delete from view_pins where view_id = ${own.id}::uuid`)
  assert.deepEqual([await unpin(bare), await unpin(pilot)], [false, true])
})
test('SEC-6, CAM-10: written straight to the table without reading it first, one changes and removes what is one’s own to, and no more', async () => {
  await house.owner.query('delete from view_pins')
  for (const { id } of people)
    await house.owner.query('insert into view_pins (account_id, view_id, pinned_at) values ($1, $2, now())', [
      id,
      rows.find(row => row.ownerId === id)!.id,
    ])
  const sights = await views()
  for (const [index, who] of people.entries()) {
    const { viewer } = sights[index]!
    const may = (rule: typeof mayChangeView) => rows.filter(row => rule(viewer, row) === true).length
    const written = (statement: RawBuilder<unknown>) => rowsWritten(house.database, hashOf(who), statement)
    assert.equal(await written(sql`update saved_views set version = version + 1`), may(mayChangeView), who.name)
    assert.equal(await written(sql`delete from saved_views`), may(mayRemoveView), who.name)
    assert.equal(await written(sql`delete from view_pins`), 1, 'their own pin')
  }
})
