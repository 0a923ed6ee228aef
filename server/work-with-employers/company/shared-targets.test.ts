import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { siretText } from '../../platform/siret.ts'
import { type House, once, openHouse, type Person } from '../../testing/house.ts'
import { campaignOfGironde, insertEstablishments, layTerritories, places, siretOf } from '../campaigns/testing-world.ts'
import { exchanges } from '../exchanges/index.ts'
import { company } from './index.ts'

const { gironde } = places
const landes = 2040

let house: House
let claire: Person // works the campaign that holds the employer
let karim: Person // works the one that shares it
let both: Person // works in a member of both
let outside: Person // reads cards elsewhere
before(async () => {
  house = await openHouse([...exchanges, ...company], { clock: () => new Date('2026-11-15T10:00:00Z') })
  await layTerritories(house.owner)
  const [cc, mission] = [
    await house.organisation({ name: 'CC des Essais' }),
    await house.organisation({ name: 'Mission locale des Essais' }),
  ]
  const card = (territoryId: number) => ({ tool: 'fiche-etablissement', profile: 'consultation', territoryId }) as const
  claire = await house.person(cc.id, [{ profile: 'conseiller', territoryId: gironde }, card(gironde)])
  karim = await house.person(mission.id, [{ profile: 'conseiller', territoryId: gironde }, card(gironde)])
  both = await house.person((await house.organisation({ name: 'PLIE des Essais' })).id, [
    { profile: 'conseiller', territoryId: gironde },
    card(gironde),
  ])
  outside = await house.person((await house.organisation()).id, [card(landes)])
})
after(() => house.close())

let next = 40_000
/** An employer held by a campaign of Claire's and shared with one of Karim's, both open. */
const sharedByTwo = async () => {
  next += 1
  const siret = siretOf(next)
  await insertEstablishments(house.owner, [{ siret }])
  const period = { startsOn: '2026-11-01', endsOn: '2026-12-15' }
  const holding = await campaignOfGironde(house.owner, claire, { name: 'Bâtiment secret', ...period }, [next])
  const sharing = await campaignOfGironde(
    house.owner,
    karim,
    { name: 'Jeunes secrets', ...period, endsOn: '2026-12-31' },
    [next],
  )
  await house.owner.query(
    `insert into campaign_holds (campaign_id, siret, period) values ($1, $2, '[2026-11-01,2026-12-16)')`,
    [holding, siret],
  )
  await house.owner.query('update campaign_targets set shared = true where campaign_id = $1', [sharing])
  return { siret: siretText(siret), holding, sharing }
}
const record = async (who: Person, body: object) => {
  const answer = await house.call(
    who,
    'POST',
    '/exchanges',
    { channel: 'telephone', result: 'besoin-detecte', ...body },
    once(),
  )
  assert.equal(answer.status, 200, JSON.stringify(answer.body))
}
const relations = (who: Person, siret: string) => house.call(who, 'GET', `/establishments/${siret}/company-relations`)
const elsewhere = async (who: Person, siret: string) =>
  (await relations(who, siret)).body.heldElsewhere
    .filter(({ establishment }: any) => establishment.siret === siret)
    .map(({ organisation, held, until, status, contactCount, lastContactOn }: any) => [
      organisation.name,
      held,
      until,
      status,
      contactCount,
      lastContactOn,
    ])

test('CAM-15, EST-7: of two campaigns that share a target, each reads that the other works it, with or without a hold, its state and contacts', async () => {
  const { siret, holding, sharing } = await sharedByTwo()
  assert.deepEqual(await elsewhere(karim, siret), [['CC des Essais', true, '2026-12-15', 'a-contacter', 0, null]])
  assert.deepEqual(await elsewhere(claire, siret), [
    ['Mission locale des Essais', false, '2026-12-31', 'a-contacter', 0, null],
  ])
  await record(claire, { siret, campaignId: holding, occurredOn: '2026-11-10' })
  await record(claire, {
    siret,
    campaignId: holding,
    occurredOn: '2026-11-12',
    nextAction: { kind: 'rappel', dueOn: '2026-11-24' },
  })
  await record(karim, {
    siret,
    campaignId: sharing,
    occurredOn: '2026-11-13',
    visibility: 'organisation',
    notes: 'Rien que pour nous',
    nextAction: { kind: 'rappel', dueOn: '2026-11-25' },
  })
  assert.deepEqual(await elsewhere(karim, siret), [['CC des Essais', true, '2026-12-15', 'besoin', 2, '2026-11-12']])
  // The result of a private exchange shows in no state.
  assert.deepEqual(await elsewhere(claire, siret), [
    ['Mission locale des Essais', false, '2026-12-31', 'en-cours', 1, '2026-11-13'],
  ])
  for (const [who, secret] of [
    [karim, 'Bâtiment secret'],
    [claire, 'Jeunes secrets'],
  ] as const) {
    const told = JSON.stringify((await relations(who, siret)).body.heldElsewhere)
    for (const word of [secret, holding, sharing, claire.id, karim.id, 'Rien que'])
      assert.ok(!told.includes(word), word)
  }
})

test('CAM-15, EST-11: beside a shared target, who met whom with what result and what is planned; of a private exchange, that it took place', async () => {
  const { siret, holding, sharing } = await sharedByTwo()
  await record(claire, {
    siret,
    campaignId: holding,
    occurredOn: '2026-11-12',
    personMet: 'Mme Essai',
    nextAction: { kind: 'rappel', dueOn: '2026-11-24' },
  })
  await record(karim, {
    siret,
    campaignId: sharing,
    occurredOn: '2026-11-13',
    visibility: 'organisation',
    notes: 'Rien que pour nous',
    nextAction: { kind: 'rappel', dueOn: '2026-11-25' },
  })
  const known = async (who: Person) => {
    const { status, body } = await house.call(who, 'GET', `/establishments/${siret}/before-contact`)
    assert.equal(status, 200, JSON.stringify(body))
    return [
      body.lastContacts.map((one: any) => [
        one.organisation.name,
        one.occurredOn,
        one.result,
        one.personMet,
        one.author?.id ?? null,
        one.notes,
      ]),
      body.planned.map((one: any) => [one.organisation.name, one.kind, one.dueOn]),
    ]
  }
  const met = ['CC des Essais', '2026-11-12', 'besoin-detecte', 'Mme Essai', claire.id, null]
  const rappel = ['CC des Essais', 'rappel', '2026-11-24']
  assert.deepEqual(await known(claire), [
    [['Mission locale des Essais', '2026-11-13', null, null, null, null], met],
    [rappel],
  ])
  assert.deepEqual(await known(karim), [
    [['Mission locale des Essais', '2026-11-13', 'besoin-detecte', null, karim.id, 'Rien que pour nous'], met],
    [rappel, ['Mission locale des Essais', 'rappel', '2026-11-25']],
  ])
})

test('SEC-6, CAM-15: a share is told only where one reads the card, while both campaigns run and the target is worked', async () => {
  const { siret, sharing } = await sharedByTwo()
  assert.equal((await relations(outside, siret)).status, 403)
  assert.deepEqual(await elsewhere(karim, siret), [['CC des Essais', true, '2026-12-15', 'a-contacter', 0, null]])
  const told = async (change: string) => {
    await house.owner.query(change, [sharing])
    return (await elsewhere(claire, siret)).length
  }
  assert.equal(await told(`update campaign_targets set shared = false where campaign_id = $1`), 0)
  assert.equal(await told(`update campaign_targets set shared = true where campaign_id = $1`), 1)
  for (const status of ['traite', 'ecarte'])
    assert.equal(
      await told(`update campaign_targets set status = '${status}', set_aside_reason = case '${status}' when 'ecarte'
        then 'Essai' end where campaign_id = $1`),
      0,
      status,
    )
  await told(`update campaign_targets set status = 'a-contacter', set_aside_reason = null where campaign_id = $1`)
  assert.equal(await told(`update campaigns set starts_on = '2026-11-20' where id = $1`), 0, 'it has not begun')
  assert.equal(await told(`update campaigns set starts_on = '2026-11-01' where id = $1`), 1)
  assert.equal(await told(`update campaigns set status = 'closed', closed_at = now() where id = $1`), 0)
})

test('CAM-15, EST-7: whoever reads both campaigns reads each by its name, its state, who has the target, taken or not, and its contacts', async () => {
  const { siret, holding, sharing } = await sharedByTwo()
  await house.owner.query(
    'insert into campaign_members (campaign_id, organisation_id) select id, $2 from unnest($1::uuid[]) id',
    [[holding, sharing], both.organisationId],
  )
  await record(claire, { siret, campaignId: holding, occurredOn: '2026-11-12' })
  await house.owner.query(
    `update campaign_targets set taken_by = $2, taken_by_organisation = $3, taken_at = now() where campaign_id = $1`,
    [holding, claire.id, claire.organisationId],
  )
  const held = async (who: Person) =>
    (await relations(who, siret)).body.held
      .filter(({ establishment }: any) => establishment.siret === siret)
      .map((one: any) => [
        one.campaign.name,
        one.organisation.name,
        one.person?.id ?? null,
        one.entrusted,
        one.status,
        one.contactCount,
        one.lastContactOn,
      ])
      .toSorted()
  const worked = ['Bâtiment secret', 'CC des Essais', claire.id, true, 'besoin', 1, '2026-11-12']
  assert.deepEqual(await held(both), [
    worked,
    ['Jeunes secrets', 'Mission locale des Essais', null, false, 'a-contacter', 0, null],
  ])
  assert.deepEqual(await elsewhere(both, siret), [], 'both are read')
  assert.deepEqual(await held(claire), [worked], 'she reads hers alone')
  assert.deepEqual(await held(karim), [], 'nobody has it in hand in his')
  await house.owner.query(`update campaigns set status = 'closed', closed_at = now() where id = $1`, [holding])
  assert.deepEqual(await held(both), [], 'the target is no longer of two')
})
