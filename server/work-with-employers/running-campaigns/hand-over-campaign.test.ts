import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { tokenHash } from '../../platform/session-cookie.ts'
import { type House, openHouse, type Person } from '../../testing/house.ts'
import { mayWrite } from '../../testing/parity.ts'
import { campaigns } from '../campaigns/index.ts'
import { aCampaign, insertCampaign } from '../campaigns/testing.ts'
import { layTerritories, places } from '../campaigns/testing-world.ts'
import { runningCampaigns } from './index.ts'

const today = '2027-01-20'
const now = new Date(`${today}T11:00:00Z`)
const { aquitaine, gironde, graves, coeur, landes } = places
const here = { regionId: aquitaine, departementId: gironde, epciId: graves, clpeId: coeur }

let house: House
let ines: Person // pilots for the community of communes
let tired: Person // too, proven too long ago
let paul: Person // pilots for the PLIE
let [plie, mission, stranger] = ['', '', '']
before(async () => {
  house = await openHouse([...campaigns, ...runningCampaigns], { clock: () => now })
  await layTerritories(house.owner)
  const cc = await house.organisation({ name: 'CC des Essais' })
  plie = (await house.organisation({ name: 'PLIE des Essais' })).id
  mission = (await house.organisation({ name: 'Mission des Essais' })).id
  stranger = (await house.organisation({ name: 'Direction des Essais' })).id
  const pilot = [{ profile: 'pilote', territoryId: gironde }] as const
  ines = await house.person(cc.id, [...pilot], { provenAt: now })
  tired = await house.person(cc.id, [...pilot], { provenAt: new Date('2027-01-20T08:00:00Z') })
  paul = await house.person(plie, [...pilot], { provenAt: now })
  // Leads here, pilots elsewhere: nobody of the mission pilots the whole of it.
  await house.person(mission, [
    { profile: 'responsable', territoryId: gironde },
    { profile: 'pilote', territoryId: landes },
    { tool: 'fiche-etablissement', profile: 'pilote', territoryId: gironde },
  ])
  await house.person(stranger, [...pilot])
})
after(() => house.close())

const open = async (over: Parameters<typeof aCampaign>[0] = {}) =>
  (
    await insertCampaign(
      house.owner,
      aCampaign({
        pilotId: ines.organisationId,
        memberIds: [plie, mission],
        territoryId: coeur,
        place: here,
        status: 'open',
        ...over,
      }),
      ines.id,
    )
  ).id
const give = (who: Person, id: string, organisationId: string) =>
  house.call(who, 'POST', `/campaigns/${id}/hand-over`, { organisationId })
const get = async (who: Person, id: string) => (await house.call(who, 'GET', `/campaigns/${id}`)).body

test('CAM-15: the pilot hands its campaign over to a member that can pilot it; the new pilot is told and runs it, the former stays a member', async () => {
  const id = await open()
  const { items } = (await house.call(ines, 'GET', `/campaigns/${id}/successors`)).body
  assert.deepEqual(
    items.map((one: any) => one.name),
    ['PLIE des Essais'],
  )
  const answer = await give(ines, id, plie)
  assert.deepEqual([answer.status, answer.body.pilot.name, answer.body.version], [200, 'PLIE des Essais', 2])
  assert.deepEqual(answer.body.allowed, ['duplicate', 'work-targets'], 'it runs it no more')
  assert.ok((await get(paul, id)).allowed.includes('change-period'))
  assert.equal((await give(ines, id, plie)).body.code, 'campaign/pilot-only')
  const mails = await house.owner.query(
    `select to_account_id, body from mails where kind = 'campaign-handed-over' and about_id = $1`,
    [id],
  )
  assert.deepEqual(
    mails.rows.map(m => m.to_account_id),
    [paul.id],
  )
  assert.match(mails.rows[0].body, /CC des Essais/)
  const {
    rows: [act],
  } = await house.owner.query(
    'select e.action, e.actor_id, d.detail from audit_entries e join audit_details d on d.entry_id = e.id where e.subject_id = $1',
    [id],
  )
  assert.deepEqual(act, {
    action: 'campaign.handed-over',
    actor_id: ines.id,
    detail: { before: { pilotId: ines.organisationId }, after: { pilotId: plie } },
  })
  const [event] = (await house.call(paul, 'GET', `/campaigns/${id}/events`)).body.items
  assert.deepEqual(
    [event.kind, event.by.name, event.organisation.name],
    ['handed-over', 'CC des Essais', 'PLIE des Essais'],
  )
})

test('CAM-15: handed over to nobody else, by nobody else, and not before it is open', async () => {
  const id = await open()
  for (const [who, to, status, code] of [
    [paul, plie, 403, 'campaign/pilot-only'],
    [ines, stranger, 409, 'campaign/not-member'],
    [ines, mission, 422, 'campaign/cannot-pilot'],
    [ines, ines.organisationId, 422, 'campaign/cannot-pilot'],
    [tired, plie, 403, 'session/step-up-required'],
  ] as const) {
    const answer = await give(who, id, to)
    assert.deepEqual([answer.status, answer.body.code], [status, code])
  }
  assert.equal((await house.call(paul, 'GET', `/campaigns/${id}/successors`)).body.code, 'campaign/pilot-only')
  for (const status of ['draft', 'archived'] as const)
    assert.equal((await give(ines, await open({ status }), plie)).body.code, 'campaign/wrong-status')
  assert.equal((await give(ines, await open({ status: 'closed' }), plie)).status, 200)
})

test('CAM-15: handed over twice at once: to one', async () => {
  const id = await open()
  const other = await house.person(ines.organisationId, [{ profile: 'pilote', territoryId: gironde }], {
    provenAt: now,
  })
  const answers = await Promise.all([give(ines, id, plie), give(other, id, plie)])
  assert.deepEqual(answers.map(a => a.status).sort(), [200, 403])
})

test('SEC-6, CAM-15: whatever the application forgets, the database hands over for who pilots, to a member that can, and tells nobody else who could', async () => {
  const hash = (who: Person) => tokenHash(who.cookie.slice('session='.length))
  const id = await open()
  const states = { draft: await open({ status: 'draft' }), archived: await open({ status: 'archived' }) }
  const may = async (who: Person, to: string, campaign = id) => {
    const tx = await house.database.begin()
    await tx.enter(hash(who))
    const [row] = await tx.all(
      sql<{ done: boolean }>`select hand_campaign_over(${campaign}::uuid, ${to}::uuid, ${today}::date) as done`,
    )
    const seen = await tx.all(sql`select from campaign_successors(${campaign}::uuid, ${today}::date)`)
    await tx.rollback()
    return [row!.done, seen.length]
  }
  assert.deepEqual(
    [await may(ines, plie), await may(ines, mission), await may(ines, stranger), await may(paul, plie)],
    [
      [true, 0],
      [false, 1],
      [false, 1],
      [false, 0],
    ],
    'once handed over, the former pilot asks no more',
  )
  for (const campaign of Object.values(states)) assert.deepEqual(await may(ines, plie, campaign), [false, 1])
  const tx = await house.database.begin()
  await tx.enter(hash(ines))
  const piloted = () => tx.all(sql<{ id: string }>`select id from campaigns where pilot_id = ${plie}::uuid`)
  const before = (await piloted()).map(row => row.id)
  await tx.all(sql`select hand_campaign_over(${id}::uuid, ${plie}::uuid, ${today}::date)`)
  const given = (await piloted()).map(row => row.id).filter(one => !before.includes(one))
  await tx.rollback()
  assert.deepEqual(given, [id], 'that campaign alone')
  assert.equal(
    await mayWrite(house.database, hash(ines), sql`update campaigns set pilot_id = ${plie}::uuid where id = ${id}`),
    false,
  )
})
