import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { after, before, test } from 'node:test'
import { type House, openHouse, type Person } from '../../testing/house.ts'
import { aCampaign, insertCampaigns } from '../../work-with-employers/campaigns/testing.ts'
import { anExchange, type ExchangeSeed, insertExchange } from '../../work-with-employers/exchanges/testing.ts'
import { runningCampaigns } from '../../work-with-employers/running-campaigns/index.ts'
import { indicators } from './index.ts'

const period = 'from=2026-10-01&to=2026-10-31'
let house: House
let claire: Person // community of communes, pilots
let karim: Person // mission locale
let leo: Person // PLIE
let nadia: Person // the operator: the whole country
let hugo: Person // Gironde
let ines: Person // Landes
let odile: Person // Gironde, reads no card
let alone: Person // a partner, member of nothing
const names = { pair: 'À deux', trio: 'À trois', landes: 'Landes' }
const ids = {} as Record<keyof typeof names, string>

const rights = (territoryId: number) =>
  [
    { tool: 'campagnes', profile: 'pilote', territoryId },
    { tool: 'fiche-etablissement', profile: 'consultation', territoryId },
  ] as const
before(async () => {
  house = await openHouse([...indicators, ...runningCampaigns], { clock: () => new Date('2026-11-25T11:00:00Z') })
  await house.owner.query(
    `insert into territories (id, kind, code, name)
      values (2033, 'departement', '33', 'Gironde'), (2040, 'departement', '40', 'Landes')`,
  )
  await house.owner.query(
    'insert into territory_overlaps values (0, 2033), (2033, 0), (2033, 2033), (0, 2040), (2040, 0), (2040, 2040)',
  )
  const [cc, mission, plie, operator, other] = [
    await house.organisation({ kind: 'epci' }),
    await house.organisation({ kind: 'mission-locale' }),
    await house.organisation({ kind: 'plie' }),
    await house.organisation({ kind: 'operateur' }),
    await house.organisation({ kind: 'epci' }),
  ]
  claire = await house.person(cc.id, [...rights(0)])
  karim = await house.person(mission.id, [...rights(0)])
  leo = await house.person(plie.id, [...rights(2033)])
  nadia = await house.person(operator.id, [...rights(0)])
  hugo = await house.person(operator.id, [...rights(2033)])
  ines = await house.person(operator.id, [...rights(2040)])
  odile = await house.person(operator.id, [{ tool: 'campagnes', profile: 'consultation', territoryId: 2033 }])
  alone = await house.person(other.id, [...rights(0)])
  const open = {
    status: 'open',
    pilotId: cc.id,
    createdAt: '2026-09-20T08:00:00Z',
    openedAt: '2026-10-01T08:00:00Z',
    startsOn: '2026-10-01',
    endsOn: '2027-03-31',
  } as const
  const campaigns = [
    aCampaign({ ...open, name: names.pair, territoryId: 2033, memberIds: [mission.id] }),
    aCampaign({
      ...open,
      name: names.trio,
      territoryId: 2033,
      memberIds: [mission.id, plie.id],
      purpose: 'fidelisation',
    }),
    aCampaign({ ...open, name: names.landes, territoryId: 2040, memberIds: [mission.id] }),
  ]
  await insertCampaigns(house.owner, campaigns, claire.id)
  ;[ids.pair, ids.trio, ids.landes] = campaigns.map(({ id }) => id) as [string, string, string]
  const said = (siret: number, who: Person, campaignId: string, more: Partial<ExchangeSeed> = {}) =>
    insertExchange(
      house.owner,
      anExchange({
        siret,
        organisationId: who.organisationId,
        authorId: who.id,
        campaignId,
        occurredOn: '2026-10-15',
        ...more,
      }),
    )
  await said(31000000000001, claire, ids.pair)
  await said(31000000000002, karim, ids.pair)
  await said(31000000000002, leo, ids.trio)
  await said(31000000000003, karim, ids.trio)
  await said(31000000000004, karim, ids.landes, { departementId: 2040 })
})
after(() => house.close())

const figures = async (who: Person, asked = period) => {
  const { status, body } = await house.call(who, 'GET', `/indicators?${asked}`)
  assert.equal(status, 200, JSON.stringify(body))
  return ['campagnes', 'etablissements'].map(code => body.items.find((one: any) => one.code === code).value)
}

test('IND-3, IND-4, IND-6: the operator, a member of nothing, reads the sums of its perimeter, and no line of them', async () => {
  assert.deepEqual(await figures(nadia), [3, 4])
  assert.deepEqual(await figures(hugo), [2, 3], 'a department')
  assert.deepEqual(await figures(ines), [1, 1], 'the other')
  assert.deepEqual(await figures(odile), [2, 3], 'sums ask for no card')
  assert.deepEqual(await figures(alone), [0, 0], 'a partner reads what it is a member of')
  for (const code of ['campagnes', 'etablissements']) {
    const { body } = await house.call(nadia, 'GET', `/indicators/${code}/rows?${period}&total=true`)
    const value = code === 'campagnes' ? 3 : 4
    assert.deepEqual([body.items, body.total, body.value, body.unnamed], [[], 0, value, value], code)
  }
})

test('IND-3, IND-4, CAM-15: a member that leaves leaves the past to both sides as it was', async () => {
  const readers = () => Promise.all([claire, karim, leo, nadia, hugo].map(who => figures(who)))
  const was = await readers()
  assert.deepEqual(was, [
    [3, 4],
    [3, 4],
    [1, 2],
    [3, 4],
    [2, 3],
  ])
  for (const [campaign, who] of [
    [ids.pair, karim],
    [ids.trio, leo],
  ] as const) {
    const { status, body } = await house.call(
      claire,
      'POST',
      `/campaigns/${campaign}/members/${who.organisationId}/leave`,
    )
    assert.equal(status, 200, JSON.stringify(body))
  }
  assert.deepEqual(await readers(), was, 'the past month')
  const { body } = await house.call(karim, 'GET', `/indicators/campagnes/rows?${period}&total=true`)
  assert.deepEqual(
    [body.items.map((row: any) => row.label).sort(), body.value, body.unnamed],
    [[names.trio, names.landes].sort(), 3, 1],
    'what it left is counted to it, not shown',
  )
})

test('IND-6: a period that is over says what moved it since, to each within what they count', async () => {
  const moved = async (who: Person, asked = period) =>
    (await house.call(who, 'GET', `/indicators?${asked}`)).body.moved?.map((m: any) => [m.kind, m.count, m.latest])
  assert.deepEqual(await moved(nadia), [])
  assert.equal(await moved(nadia, 'from=2026-10-01&to=2026-11-25'), undefined, 'it still runs')
  const before = await figures(nadia)
  const said = (siret: number, more: Partial<ExchangeSeed>) =>
    insertExchange(
      house.owner,
      anExchange({
        siret,
        organisationId: claire.organisationId,
        authorId: claire.id,
        campaignId: ids.trio,
        occurredOn: '2026-10-20',
        recordedAt: '2026-10-31T22:59:00Z', // the last minute of October in Paris
        ...more,
      }),
    )
  await said(31000000000010, {})
  await said(31000000000011, { recordedAt: '2026-10-31T23:00:00Z' })
  await said(31000000000012, { recordedAt: '2026-11-03T08:00:00Z', result: 'absent' })
  await said(31000000000013, { recordedAt: '2026-11-04T08:00:00Z', occurredOn: '2026-11-01' })
  const gone = await said(31000000000014, {})
  const elsewhere = await said(31000000000015, {})
  assert.deepEqual(await figures(nadia), [before[0], before[1]! + 4])
  await house.owner.query(
    `update exchanges set status = 'cancelled', corrected_at = '2026-11-10T08:00:00Z' where id = $1`,
    [gone.id],
  )
  await house.owner.query(
    `update exchanges set occurred_on = '2026-11-05', corrected_at = '2026-11-12T08:00:00Z' where id = $1`,
    [elsewhere.id],
  )
  assert.deepEqual(await figures(nadia), [before[0], before[1]! + 2])
  const expected = [
    ['cancelled', 1, '2026-11-10T08:00:00.000Z'],
    ['corrected', 1, '2026-11-12T08:00:00.000Z'],
    ['recorded', 1, '2026-10-31T23:00:00.000Z'],
  ]
  for (const who of [nadia, hugo, claire, leo]) assert.deepEqual(await moved(who), expected, who.name)
  for (const who of [ines, alone]) assert.deepEqual(await moved(who), [], who.name)
  assert.deepEqual(await moved(nadia, `${period}&campaign=${ids.pair}`), [])
  assert.deepEqual(await moved(nadia, `${period}&organisation=${karim.organisationId}`), [])
  assert.deepEqual(await moved(nadia, `${period}&territory=2040`), [])
})

test('IND-3, CAM-15: memberships of before are laid from what the events told', async () => {
  const file = readFileSync(
    new URL('../../../database/migrations/20261201_1220_campaign_memberships.sql', import.meta.url),
    'utf8',
  )
  const backfill = file.slice(file.indexOf('with told as'), file.indexOf('insert into campaign_coordinations'))
  const kept = `select campaign_id, organisation_id, joined_at, left_at from campaign_memberships order by 1, 2, 3`
  const client = await house.owner.connect()
  try {
    await client.query('begin')
    const event = (kind: string, who: Person, at: string) =>
      client.query(
        `insert into campaign_events (id, campaign_id, at, kind, organisation_id) values (gen_random_uuid(), $1, $2, $3, $4)`,
        [ids.landes, at, kind, who.organisationId],
      )
    await client.query('delete from campaign_events')
    await event('member-left', karim, '2026-10-05T08:00:00Z')
    await event('member-added', karim, '2026-10-09T08:00:00Z')
    await event('member-added', leo, '2026-10-12T08:00:00Z')
    await event('member-left', leo, '2026-10-14T08:00:00Z')
    await client.query('delete from campaign_memberships')
    await client.query(backfill)
    const { rows } = await client.query(kept)
    const of = (who: Person) =>
      rows
        .filter(row => row.campaign_id === ids.landes && row.organisation_id === who.organisationId)
        .map(row => [row.joined_at.toISOString().slice(0, 10), row.left_at?.toISOString().slice(0, 10)])
    assert.deepEqual(of(claire), [['2026-09-20', undefined]], 'from the creation')
    assert.deepEqual(of(karim), [
      ['2026-09-20', '2026-10-05'],
      ['2026-10-09', undefined],
    ])
    assert.deepEqual(of(leo), [['2026-10-12', '2026-10-14']])
  } finally {
    await client.query('rollback')
    client.release()
  }
})
